"""Containers, who runs them where, and what runs without any server of one's own."""

from __future__ import annotations

from lessons.drawing.shapes import (
    box,
    disk,
    lines,
    people,
    picture,
    way,
    words,
    zone,
)


def containers_and_machines() -> str:
    return picture(
        324,
        words(90, 22, "virtual machines", "bold"),
        words(270, 22, "containers", "bold"),
        *(guest(x) for x in (12, 94)),
        box(12, 206, 156, 38, "hypervisor", tone="warn"),
        box(12, 252, 156, 38, "hardware", tone="quiet"),
        *(box(x, 104, 46, 46, name, tone="ok") for x, name in ((192, "Java"), (244, "nginx"))),
        box(296, 104, 52, 46, "Redis", tone="ok"),
        box(192, 160, 156, 38, "Docker engine", tone="main"),
        box(192, 206, 156, 38, "OS, one kernel", tone="warn"),
        box(192, 252, 156, 38, "EC2 instance", tone="quiet"),
        words(90, 314, "a kernel each", "small"),
        words(270, 314, "all share the host’s kernel", "small"),
    )


def guest(x: float) -> str:
    return (
        zone(x, 40, 74, 158)
        + box(x + 8, 52, 58, 46, "app", tone="ok")
        + box(x + 8, 106, 58, 82, "guest", "OS with", "kernel", tone="warn")
    )


def container_services() -> str:
    return picture(
        376,
        words(155, 22, "on EC2", "bold"),
        words(285, 22, "on Fargate", "bold"),
        words(155, 40, "your instances", "small"),
        words(285, 40, "no instances", "small"),
        lines(12, 86, ("ECS",), "left bold"),
        lines(12, 106, ("Amazon’s", "own way"), "left small", step=16),
        lines(12, 186, ("EKS",), "left bold"),
        lines(12, 206, ("Kubernetes", "as a service"), "left small", step=16),
        *(cell(x, y, *one) for x, y, *one in CELLS),
        box(60, 300, 240, 48, "Amazon ECR", "keeps the images they start", tone="warn"),
        way((140, 298), (140, 258)),
        way((280, 298), (280, 258)),
        words(180, 370, "rows: who decides; columns: where it runs", "small"),
    )


CELLS = (
    (98, 58, "tasks", "on instances", "you patch"),
    (226, 58, "tasks", "CPU and RAM", "is all you say"),
    (98, 158, "pods", "on nodes", "of a node group"),
    (226, 158, "pods", "by a", "Fargate profile"),
)


def cell(x: float, y: float, *texts: str) -> str:
    return box(x, y, 120, 90, *texts, tone="main" if texts[0] == "tasks" else "ok")


def ecs_on_instances() -> str:
    return picture(
        376,
        box(70, 8, 220, 44, "Amazon ECS", "decides what runs where", tone="main"),
        way((120, 54), (90, 132)),
        way((240, 54), (270, 132)),
        zone(8, 80, 344, 266, "cluster", tone="main"),
        *(ecs_instance(x) for x in (18, 186)),
        words(180, 366, "you start, patch and pay the instances", "small"),
    )


def ecs_instance(x: float) -> str:
    tasks = "".join(box(x + 14, y, 128, 36, "task", tone="ok") for y in (186, 230))
    return (
        zone(x, 106, 156, 224, "", tone="warn")
        + box(x + 14, 134, 128, 40, "ECS agent", tone="main")
        + tasks
        + box(x + 14, 274, 128, 30, "room for one", tone="quiet")
        + words(x + 78, 322, "EC2 instance", "small warn")
    )


def ecs_on_fargate() -> str:
    return picture(
        290,
        box(70, 8, 220, 44, "Amazon ECS", "how many tasks, of what size", tone="main"),
        way((120, 54), (96, 122)),
        way((240, 54), (264, 122)),
        zone(8, 80, 344, 180, "cluster", tone="main"),
        *(
            box(x, y, 136, 52, "task", "0.5 vCPU, 1 GB", tone="ok")
            for x in (28, 196)
            for y in (124, 188)
        ),
        words(180, 280, "no instance to see; you pay for the tasks", "small"),
    )


ROLES = (
    ("ECS agent", "on the instance", "instance profile", "register, take orders", "main"),
    ("task is started", "before its code runs", "execution role", "image, logs, secrets", "warn"),
    ("task A’s code", "while it runs", "task role A", "reads one bucket", "ok"),
    ("task B’s code", "while it runs", "task role B", "writes one table", "ok"),
)


def ecs_roles() -> str:
    return picture(
        350,
        words(84, 22, "who", "bold"),
        words(270, 22, "with which role", "bold"),
        *(role(36 + 78 * n, *one) for n, one in enumerate(ROLES)),
    )


def role(y: float, who: str, when: str, name: str, what: str, tone: str) -> str:
    return (
        box(8, y, 150, 62, who, when)
        + way((160, y + 31), (186, y + 31))
        + box(188, y, 164, 62, name, what, tone=tone)
    )


def serverless() -> str:
    return picture(
        440,
        people(60, 20, "user"),
        box(196, 8, 156, 52, "Cognito", "signs in, gives a token", tone="warn"),
        way((84, 34), (194, 34), tone="dash"),
        way((60, 72), (60, 96)),
        box(8, 98, 104, 48, "CloudFront", tone="main"),
        way((114, 122), (246, 122)),
        words(180, 114, "pages", "small"),
        disk(248, 94, 104, 58, "S3", tone="ok"),
        way((60, 148), (60, 184)),
        words(70, 170, "/api, with the token", "small left"),
        box(8, 186, 104, 48, "API Gateway", tone="main"),
        way((60, 236), (60, 272)),
        box(8, 274, 104, 48, "Lambda", "your code", tone="ok"),
        way((114, 298), (246, 298)),
        words(180, 290, "rows", "small"),
        disk(248, 270, 104, 58, "DynamoDB", tone="ok"),
        way((60, 324), (60, 366)),
        words(70, 350, "“ordered!”", "small left"),
        box(8, 368, 104, 52, "SNS", "tells all", tone="warn"),
        way((114, 394), (142, 394)),
        box(144, 368, 92, 52, "SQS", "waits in line", tone="warn"),
        way((238, 394), (260, 394)),
        box(262, 368, 90, 52, "Lambda", "sends mail", tone="ok"),
    )


def eks_cluster() -> str:
    return picture(
        520,
        box(80, 8, 200, 34, "users, the internet"),
        zone(8, 84, 344, 428, tone="main"),
        words(20, 104, "VPC", "left small main"),
        box(108, 66, 144, 36, "internet gateway", tone="main"),
        way((160, 44), (160, 64)),
        way((200, 64), (200, 44)),
        *(zone_of_cluster(x, name) for x, name in ((16, "a"), (184, "b"))),
        box(92, 162, 176, 46, "load balancer", "in both zones", tone="main"),
        way((180, 104), (180, 160)),
        zone(24, 284, 312, 178, tone="ok"),
        words(180, 456, "one Auto Scaling group", "small ok over"),
        *(way((x, 210), (x, 298)) for x in (112, 248)),
        *(way((x, 300), (x, 204)) for x in (54, 306)),
        way((54, 166), (54, 88), (106, 88)),
        way((306, 166), (306, 88), (254, 88)),
    )


def zone_of_cluster(x: float, name: str) -> str:
    left = name == "a"
    edge, side = (x + 152, "right") if left else (x + 8, "left")
    nodes = "".join(box(x + 20, y, 120, 62, "node", "pod  pod", tone="warn") for y in (300, 372))
    return "".join(
        (
            zone(x, 126, 160, 378),
            words(x + 80, 496, f"zone {name}", "small"),
            zone(x + 6, 136, 148, 104),
            words(edge - 6 if left else edge + 6, 232, "public", f"small {side}"),
            zone(x + 6, 246, 148, 228),
            words(edge - 6 if left else edge + 6, 268, "private", f"small {side}"),
            box(x + 8 if left else x + 92, 168, 60, 34, "NAT", tone="main"),
            nodes,
        )
    )


DRAWINGS = {
    "containers-and-machines": containers_and_machines,
    "container-services": container_services,
    "ecs-on-instances": ecs_on_instances,
    "ecs-on-fargate": ecs_on_fargate,
    "ecs-roles": ecs_roles,
    "eks-cluster": eks_cluster,
    "serverless": serverless,
}
