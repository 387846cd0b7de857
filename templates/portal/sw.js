// Lessons that were visited can be read without a network. Only reading: a POST is never kept, queued or repeated.
const SHELL = "shell-{{ version }}";
const LESSONS = "lessons";
const KEEP = 60; // pages
const KEPT_FOR = {{ session_seconds }} * 1000; // a page is not readable longer than the session of whoever read it
const CHANGING_HANDS = {{ changing_hands|safe }};

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll({{ shell|safe }})).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== SHELL && name !== LESSONS).map((name) => caches.delete(name))))
    .then(() => registration.navigationPreload?.enable()) // a page is asked for while this worker still wakes up
    .then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // Whoever uses this browser next must not find the lessons of the last one.
  if (request.method === "POST" && CHANGING_HANDS.includes(url.pathname)) return event.waitUntil(caches.delete(LESSONS));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("{% load static %}{% get_static_prefix %}")) event.respondWith(file(request, url));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

/** A file whose name carries its hash never changes; the others are asked for first. */
async function file(request, url) {
  const hashed = /\.[0-9a-f]{12}\.\w+$/.test(url.pathname);
  const known = await caches.match(request);
  if (hashed && known) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(SHELL)).put(request, answer.clone());
    return answer;
  } catch (error) {
    if (known) return known;
    throw error;
  }
}

async function page(event, url) {
  const { request } = event;
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(request));
    // Only strangers are shown this page: the session is over.
    if (answer.ok && url.pathname === "{{ sign_in_path }}") await caches.delete(LESSONS);
    if (answer.ok && !answer.redirected && url.pathname.startsWith("{{ lessons_path }}")) {
      event.waitUntil(keep(request, answer.clone())); // whoever reads does not wait for it
    }
    return answer;
  } catch {
    return (await fresh(request)) ?? (await caches.match("{{ offline_url }}")) ?? Response.error();
  }
}

async function keep(request, answer) {
  const cache = await caches.open(LESSONS);
  const headers = new Headers(answer.headers);
  headers.set("x-kept-at", Date.now());
  await cache.put(request, new Response(await answer.blob(), { status: answer.status, headers }));
  const pages = await cache.keys();
  await Promise.all(pages.slice(0, Math.max(pages.length - KEEP, 0)).map((old) => cache.delete(old)));
}

async function fresh(request) {
  const kept = await (await caches.open(LESSONS)).match(request);
  return kept && Date.now() - Number(kept.headers.get("x-kept-at")) < KEPT_FOR ? kept : undefined;
}
