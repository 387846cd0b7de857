// Words of a drawing that leave the picture or their box, stand on each other, or have a line through
// them. A word marked "over" stands on a line on purpose.
svg => {
  const size = svg.viewBox.baseVal, found = [];
  const box = part => { const b = part.getBBox(); return {x: b.x, y: b.y + 3, r: b.x + b.width, b: b.y + b.height - 3}; };
  const apart = (a, b) => a.r <= b.x || b.r <= a.x || a.b <= b.y || b.b <= a.y;
  const within = (a, b) => a.x >= b.x + 2 && a.r <= b.r - 2 && a.y >= b.y - 3 && a.b <= b.b + 3;
  const texts = [...svg.querySelectorAll("text")].map(part => ({part, said: part.textContent, ...box(part)}));
  const rects = [...svg.querySelectorAll("rect.d-box")].map(box);
  for (const one of texts) {
    if (!within(one, {x: -2, y: -3, r: size.width + 2, b: size.height + 3})) found.push(`${one.said}: leaves the picture`);
    if (rects.some(rect => !apart(one, rect) && !within(one, rect))) found.push(`${one.said}: leaves its box`);
    if (texts.some(other => other !== one && !apart(one, other))) found.push(`${one.said}: stands on other words`);
    if (one.said.length > 1 && !one.part.matches(".d-over") && [...svg.querySelectorAll("path.d-way")].some(way => {
      for (let at = 0; at < way.getTotalLength(); at += 3) {
        const p = way.getPointAtLength(at);
        if (p.x > one.x && p.x < one.r && p.y > one.y && p.y < one.b) return true;
      }
    })) found.push(`${one.said}: a line goes through it`);
  }
  return found;
}
