// One sound at a time, whatever asked for it.
import { ask } from "./studio.js";

const sound = new Audio();
let last = null;

/** Play addresses one after another; the button that asked shows that it plays. */
export async function play(sources, button) {
  stop();
  last = button;
  button?.setAttribute("aria-pressed", "true");
  for (const source of sources) {
    if (last !== button) return;
    sound.src = source;
    try { await sound.play(); } catch { break; }
    await new Promise((done) => { sound.onended = done; sound.onerror = done; sound.onpause = () => sound.ended || done(); });
  }
  if (last === button) stop();
}

/** Be silent. */
export function stop() {
  last?.removeAttribute("aria-pressed");
  last = null;
  sound.pause();
}

/** Ask for clips to be spoken, and play them. A second click on the same button stops. */
export async function hear(address, button) {
  if (last === button) { stop(); return null; }
  button.setAttribute("aria-busy", "true");
  const told = await ask(address, { method: "POST" });
  button.removeAttribute("aria-busy");
  if (told) await play(told.clips.map((clip) => clip.src), button);
  return told;
}
