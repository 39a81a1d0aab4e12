// The review queue by keys: on and back through the entries, open one, search.
import { keys } from "./keys.js";

const links = [...document.querySelectorAll("#queue h2 a")];
function go(by) {
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
keys({ j: () => go(1), k: () => go(-1), "/": () => document.getElementById("text")?.focus() });
