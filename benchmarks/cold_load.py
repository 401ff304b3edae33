"""Load a page with a widget once, cold and slowed, and say when one can type and how long the main thread was taken."""

from typing import TypedDict
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from benchmarks.host_website import HostWebsite
from benchmarks.widget_peers import Embedded

SLOWER = 4  # times, the processor
WATCHED_MS = 3000
SCREEN = {"width": 1280, "height": 800}
# "ready" is the first frame in which the text box is laid out, visible and takes text
CLOCK = """
window.blocked = [0]; window.readyAt = 0;
new PerformanceObserver((all) => blocked.push(...all.getEntries().map((one) => one.duration)))
  .observe({ type: 'longtask', buffered: true });
const look = () => {
  const box = TEXT_BOX;
  const seen = box?.getClientRects()[0]?.height > 0 && getComputedStyle(box).visibility === 'visible';
  if (seen && !box.disabled) readyAt = performance.now(); else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
READ = """() => {
  const script = performance.getEntriesByType('resource').find((one) => one.initiatorType === 'script');
  return { ready: readyAt - script.startTime, longest: Math.max(...blocked),
           blocked: blocked.reduce((sum, took) => sum + Math.max(0, took - 50), 0) };
}"""


class Load(TypedDict):
    """Milliseconds, and how many hosts besides this machine were asked for something."""

    ready: float
    blocked: float
    longest: float
    busy: float
    elsewhere: int


def load(browser: Browser, website: HostWebsite, one: Embedded, link: dict[str, int]) -> Load:
    """Return the figures of one load with an empty cache; `link` is what DevTools calls network conditions.

    `blocked` sums what is beyond 50 ms of each task, `busy` all tasks until three seconds after it was ready."""
    website.show(one.page, one.script)
    hosts: set[str | None] = set()
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    context.add_init_script(CLOCK.replace("TEXT_BOX", one.text_box))
    page = context.new_page()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if link:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **link})
    page.goto(website.url, wait_until="commit")
    page.wait_for_function("window.readyAt > 0", timeout=60_000)
    page.wait_for_timeout(WATCHED_MS)
    found = page.evaluate(READ)
    metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    context.close()
    return Load(**found, busy=metrics["TaskDuration"] * 1000, elsewhere=len(hosts - {"127.0.0.1"}))
