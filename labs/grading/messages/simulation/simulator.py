"""Everything in its order, second by second, with neither chance nor clock.

Sources: SQS Developer Guide, "Amazon SQS visibility timeout" and "Using dead-letter queues in
Amazon SQS" (the age of a message counts from when it was first sent); Lambda Developer Guide,
"Using Lambda with Amazon SQS". What these do not say is chosen here, and each lab's brief says so:
a function works on a batch message by message, a batch that waits for its turn begins as soon as a
call has ended, and what was received again since is not deleted by the call before.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from labs.grading.messages.simulation.delivery import Place, lets_in, takes
from labs.grading.messages.simulation.run import Call, Done, End, Run, Step
from labs.grading.messages.simulation.trace import Function, Message, Trace
from labs.grading.messages.topology.model import Queue, Source, Topology

MOST_STEPS = 2_500


@dataclass(slots=True)
class Letter:
    """A message in a queue. `receives`: so often it was received from this queue."""

    message: Message
    queue: str
    sent: int
    visible: int
    receives: int = 0
    gone: bool = False


@dataclass(slots=True)
class Batch:
    """`receipts`: of each letter which of its receives this was."""

    source: Source
    letters: list[Letter] = field(default_factory=list)
    receipts: list[int] = field(default_factory=list)
    closes: int = 0


class Simulator:
    def __init__(self, topology: Topology, trace: Trace, place: Place) -> None:
        self.topology, self.trace, self.place = topology, trace, place
        self.run = Run(topology, trace)
        self.order = count()
        self.todo: list[tuple[int, int, Callable[[int], None]]] = []
        self.waiting: dict[str, list[tuple[int, int, Letter]]] = defaultdict(list)
        self.held: dict[Source, int] = defaultdict(int)
        self.open: dict[Source, Batch] = {}
        self.ready: dict[str, deque[Batch]] = defaultdict(deque)
        self.running: dict[str, int] = defaultdict(int)
        self.attempts: dict[tuple[str, str], int] = defaultdict(int)
        self.functions = {one.name: one for one in trace.functions}

    def at(self, second: int, what: Callable[[int], None]) -> None:
        heapq.heappush(self.todo, (second, next(self.order), what))

    def result(self) -> Run:
        for message in self.trace.messages:
            self.at(message.at, lambda now, one=message: self.send(one, now))  # type: ignore[misc]
        steps = 0
        while self.todo and self.todo[0][0] <= self.trace.seconds:
            second, _order, what = heapq.heappop(self.todo)
            what(second)
            steps += 1
            if steps > MOST_STEPS:
                self.run.looped = True
                break
        return self.run

    # --- Into a queue -----------------------------------------------------------------------------

    def send(self, message: Message, now: int) -> None:
        if message.queue in self.topology.queues:
            self.put(message, message.queue, now, now)
        for one in self.topology.subscriptions:
            if one.topic == message.topic:
                self.publish(message, one.queue, takes(one, message), now)

    def publish(self, message: Message, queue: str, taken: bool, now: int) -> None:
        if not taken:
            self.run.note(message.name, now, Step.FILTERED, queue)
        elif not lets_in(self.topology.queues[queue], message.topic, self.place):
            self.run.note(message.name, now, Step.NOT_LET_IN, queue)
        else:
            self.put(message, queue, now, now)

    def put(self, message: Message, queue: str, sent: int, now: int) -> None:
        letter = Letter(message, queue, sent, now)
        if sent == now:
            self.run.note(message.name, now, Step.QUEUED, queue)
        self.show(letter, now)
        over = sent + self.topology.queues[queue].retention
        self.at(max(over, now), lambda second: self.throw_away(letter, second))

    def show(self, letter: Letter, second: int) -> None:
        """From this second on it can be received."""
        letter.visible = second
        heapq.heappush(self.waiting[letter.queue], (second, next(self.order), letter))
        self.at(second, lambda now: self.poll_all(letter.queue, now))

    def throw_away(self, letter: Letter, now: int) -> None:
        if not letter.gone:
            letter.gone = True
            self.run.note(letter.message.name, now, Step.THROWN, letter.queue)

    # --- Out of a queue ---------------------------------------------------------------------------

    def poll_all(self, queue: str, now: int) -> None:
        for source in self.topology.sources:
            if source.queue == queue:
                self.poll(source, now)

    def poll(self, source: Source, now: int) -> None:
        while self.held[source] < self.trace.pollers:
            batch = self.open.pop(source, None) or Batch(source)
            self.fill(batch, now)
            if not batch.letters:
                return
            if source.window and len(batch.letters) < source.batch and not self.is_over(batch, now):
                self.open[source] = batch
                return
            self.held[source] += 1
            self.ready[source.function].append(batch)
            self.start(source.function, now)

    def is_over(self, batch: Batch, now: int) -> bool:
        """Its window; one that is new begins."""
        if batch.closes:
            return now >= batch.closes
        batch.closes = now + batch.source.window
        self.at(batch.closes, lambda second: self.poll(batch.source, second))
        return False

    def fill(self, batch: Batch, now: int) -> None:
        waiting, queue = self.waiting[batch.source.queue], self.topology.queues[batch.source.queue]
        while waiting and len(batch.letters) < batch.source.batch and waiting[0][0] <= now:
            visible, _order, letter = heapq.heappop(waiting)
            if letter.gone or letter.visible != visible:
                continue
            if queue.dead_letters and letter.receives >= queue.most_receives:
                self.give_up(letter, queue, now)
                continue
            letter.receives += 1
            self.run.note(letter.message.name, now, Step.RECEIVED, queue.name, letter.receives)
            batch.letters.append(letter)
            batch.receipts.append(letter.receives)
            self.show(letter, now + queue.visibility)

    def give_up(self, letter: Letter, queue: Queue, now: int) -> None:
        letter.gone = True
        self.run.note(letter.message.name, now, Step.DEAD, queue.dead_letters)
        self.put(letter.message, queue.dead_letters, letter.sent, now)

    # --- At work ----------------------------------------------------------------------------------

    def start(self, function: str, now: int) -> None:
        known = self.functions[function]
        while self.ready[function] and self.running[function] < known.concurrency:
            self.running[function] += 1
            self.call(self.ready[function].popleft(), known, now)

    def call(self, batch: Batch, function: Function, now: int) -> None:
        call = Call(function.name, now)
        self.run.calls.append(call)
        over = now + self.topology.timeout(function.name)
        second, end, deleted = now + function.begin, End.WELL, []
        for letter, receipt in zip(batch.letters, batch.receipts, strict=True):
            second += letter.message.work
            if second > over:
                second, end = over, End.TIMEOUT
                break
            if self.fails(letter.message, function.name, second):
                self.run.note(letter.message.name, second, Step.FAILED, function.name)
                if not batch.source.partial:
                    end = End.ERROR
                    break
                continue
            self.run.done[letter.message.name, function.name].append(Done(second, call))
            self.run.note(letter.message.name, second, Step.DONE, function.name)
            deleted.append((letter, receipt))
        self.at(
            second,
            lambda at: self.finish(batch, call, end, deleted if end is End.WELL else [], at),
        )

    def fails(self, message: Message, function: str, second: int) -> bool:
        self.attempts[message.name, function] += 1
        out = any(
            one.function == function and one.start <= second < one.end for one in self.trace.outages
        )
        return out or self.attempts[message.name, function] <= message.fails

    def finish(
        self, batch: Batch, call: Call, end: End, deleted: list[tuple[Letter, int]], now: int
    ) -> None:
        call.end = end
        if end is End.TIMEOUT:
            for letter in batch.letters:
                self.run.note(letter.message.name, now, Step.ENDED, call.function)
        for letter, receipt in deleted:
            if letter.receives == receipt:
                letter.gone = True
        self.held[batch.source] -= 1
        self.running[call.function] -= 1
        self.start(call.function, now)
        self.poll(batch.source, now)


def simulate(topology: Topology, trace: Trace, place: Place) -> Run:
    return Simulator(topology, trace, place).result()
