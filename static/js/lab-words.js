// What the editor offers while typing: the words of IAM policies and of security groups.

const EFFECTS = ["Allow", "Deny"];
const DOCUMENT = ["Version", "Id", "Statement"];
const STATEMENT = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const OPERATORS = [
  "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotLike", "NumericEquals", "NumericLessThan",
  "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateLessThan", "DateGreaterThan", "Bool",
  "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
];
// Explained by the name of one of the page's words (`said`), or by what is said alike in every language.
const CIDRS = [
  ["0.0.0.0/0", "everyIpv4"], ["::/0", "everyIpv6"], ["10.0.0.0/8", "private"], ["10.0.0.0/16", "vpc"],
  ["10.0.1.0/24", "subnet"], ["172.16.0.0/12", "private"], ["192.168.0.0/16", "private"], ["203.0.113.0/24", "examples"],
];
const PORTS = [
  ["22", "SSH, SFTP"], ["21", "FTP"], ["25", "SMTP"], ["53", "DNS"], ["80", "HTTP"], ["123", "NTP"], ["443", "HTTPS"], ["1433", "SQL Server"], ["1521", "Oracle"],
  ["2049", "NFS"], ["3306", "MySQL, Aurora"], ["3389", "RDP"], ["5432", "PostgreSQL"], ["6379", "Redis"], ["8080", "httpOther"], ["1024-65535", "ephemeral"],
];
const RULES = ["IpProtocol", "FromPort", "ToPort", "IpRanges", "Ipv6Ranges", "CidrIp", "CidrIpv6", "UserIdGroupPairs", "GroupId", "PrefixListIds", "Description", "inbound", "outbound"];

const plain = (words, type) => words.map((word) => (Array.isArray(word) ? { label: word[0], detail: word[1], type } : { label: word, type }));
const explained = (pairs, said) => pairs.map(([value, about]) => [value, said[about] ?? about]);
const quoted = (options, place) => (place?.quoted ? options : options.map((option) => ({ ...option, apply: `"${option.label}"` })));

/** What to complete at a place, or null where the kind has no words of its own; `said` has the words of the page. */
export function wordsFor({ language, kind = "", completionsUrl }, said) {
  if (completionsUrl && language === "json") return (place) => policyWords(place, catalogue(completionsUrl));
  if (/group|network|packet|subnet|flaw|acl/.test(kind)) return (place) => networkWords(place, explained(CIDRS, said), explained(PORTS, said));
  return null;
}

/** One request a service, kept for the page; the answer is cached by the browser too. */
function catalogue(url) {
  const known = new Map();
  return (service) => {
    if (!known.has(service)) {
      known.set(service, fetch(`${url}?service=${encodeURIComponent(service)}`).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({})));
    }
    return known.get(service);
  };
}

async function policyWords({ path, word, text }, ask) {
  const names = path?.names ?? [];
  const last = names.at(-1);
  if (path?.key) return names.includes("Condition") ? conditionNames(names, text, ask) : plain(names.length ? STATEMENT : DOCUMENT, "property");
  if (last === "Effect") return quoted(plain(EFFECTS, "enum"), path);
  if (last === "Version") return quoted(plain(["2012-10-17"], "constant"), path);
  if (/^(Not)?Action$/.test(last)) return quoted(await actions(word, ask), path);
  if (/^(Not)?Resource$/.test(last)) return quoted(await resources(text, ask), path);
  return null;
}

async function conditionNames(names, text, ask) {
  if (names.at(-1) === "Condition") return plain(OPERATORS, "keyword");
  const found = await Promise.all(["", ...servicesIn(text)].map(ask));
  return plain(found.flatMap((service) => service.conditions ?? []), "property");
}

async function actions(word, ask) {
  const [service, rest] = word.split(":");
  if (rest === undefined) return plain(((await ask("")).services ?? []).map(([name, title]) => [`${name}:`, title]), "namespace");
  return plain(((await ask(service)).actions ?? []).map(([name, level]) => [`${service}:${name}`, level]), "function");
}

async function resources(text, ask) {
  const found = await Promise.all(servicesIn(text).map(ask));
  return plain(found.flatMap((service) => service.resources ?? []), "constant");
}

function servicesIn(text) {
  return [...new Set([...text.matchAll(/"([a-z0-9-]+):[A-Za-z*]/g)].map((match) => match[1]))].filter((name) => name !== "arn" && name !== "aws").slice(0, 5);
}

function networkWords({ path, explicit }, cidrs, ports) {
  const last = path?.names.at(-1) ?? "";
  if (path?.key) return plain(RULES, "property");
  if (/cidr|range|source|destination/i.test(last)) return quoted(plain(cidrs, "constant"), path);
  if (/port/i.test(last)) return plain(ports, "constant");
  if (last === "IpProtocol") return quoted(plain(["tcp", "udp", "icmp", "icmpv6", "-1"], "enum"), path);
  return path || !explicit ? null : plain([...cidrs, ...ports], "constant"); // outside JSON only when asked: Ctrl-Space
}
