// Shows the data of a report of findings.
(() => {
  const { data, DAY, $, el, svg, plural, day, cut, counted, chart } = page;
  const PAGE = 100;
  const MOST_PRINTED = 1000;
  const MOST_SPANS = 15;

  // What filters ask, worked out once.
  for (const group of data.groups) {
    const rule = data.rules[group.rule];
    group.title = rule;
    group.in_head = group.places.some((place) => place.in_head !== false);
    const parts = [rule.id, rule.name, rule.kind, group.redacted, group.secret_id];
    for (const place of group.places) {
      parts.push(place.path, place.fingerprint);
      if (place.commit) parts.push(place.commit.id, place.commit.author, place.commit.email);
    }
    group.text = parts.join("\n").toLowerCase();
  }

  let matching = data.groups;
  let shown = 0;

  const chosen = (name) =>
    new Set([...document.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));

  function filter() {
    const severities = chosen("severity");
    const confidences = chosen("confidence");
    const kind = $("kind").value;
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const path = $("path").value.toLowerCase();
    const headOnly = $("head").checked;
    matching = data.groups.filter(
      (group) =>
        severities.has(group.title.severity) &&
        confidences.has(group.confidence) &&
        (!kind || group.title.kind === kind) &&
        (!headOnly || group.in_head) &&
        (!path || group.places.some((place) => place.path.toLowerCase().includes(path))) &&
        words.every((word) => group.text.includes(word)),
    );
    $("secrets").replaceChildren();
    shown = 0;
    more(PAGE);
  }

  function more(count) {
    const next = matching.slice(shown, shown + count);
    $("secrets").append(...next.map(entry));
    shown += next.length;
    const left = matching.length - shown;
    $("more").hidden = left === 0;
    $("more").textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
    $("count").textContent =
      `${plural(matching.length, "secret")} of ${data.groups.length.toLocaleString("en")}`;
  }

  /** A secret: one line, and what unfolds below it when it is first opened. */
  function entry(group) {
    const { severity, name } = group.title;
    const line = el(
      "summary",
      "",
      el("span", `badge ${severity}`, severity),
      ` ${name} `,
      el("code", "", group.redacted),
      el("span", "faint", ` ${group.confidence}, ${plural(group.places.length, "place")}: `),
      el("code", "", cut(`${group.places[0].path}:${group.places[0].line}`, 120)),
    );
    if (group.state) line.append(" ", el("b", group.state === "active" ? "critical" : "good", group.state));
    const details = el("details", "", line);
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(inside(group));
    });
    return el("li", "", details);
  }

  function inside(group) {
    const rule = group.title;
    const list = el("dl", "");
    const row = (name, value) => value && list.append(el("dt", "", name), el("dd", "", value));
    row("what it is", rule.description);
    row("how sure", `${rule.severity} severity, ${group.confidence}`);
    row("asked", group.state && `${group.state}: ${group.reason}`);
    row("it tells", Object.entries(group.facts).map(([key, value]) => `${key}: ${value}`).join(", "));
    for (const [way, what] of rule.remedies) row(way, what);
    row("rule", el("code", "", rule.id));
    row("secret id", el("code", "", group.secret_id));
    const places = el("ol", "places", ...group.places.map(placeEntry));
    return el("div", "inside", list, el("h3", "", "Places"), places);
  }

  function placeEntry(place) {
    const where = `${place.path}:${place.line}:${place.column}`;
    const link = el(place.link ? "a" : "code", "", where);
    if (place.link) {
      link.href = place.link;
      link.rel = "noreferrer";
    }
    const [before, redacted, after] = place.excerpt;
    const item = el("li", "", link, el("pre", "", before, el("mark", "", redacted), after));
    const told = [];
    if (place.commit) {
      const { id, author, email, date, summary } = place.commit;
      told.push(`${id.slice(0, 12)} of ${day(date)} by ${author} <${email}>: ${summary}`);
    }
    if (place.removed) {
      const { id, author, email, date, summary } = place.removed;
      const days = place.exposed_days === undefined ? "" : `, ${plural(place.exposed_days, "day")} after it came`;
      told.push(`removed by ${id.slice(0, 12)} of ${day(date)} by ${author} <${email}>: ${summary}${days}`);
    } else if (place.in_head !== undefined) {
      told.push(place.in_head ? "still in HEAD" : "not in HEAD");
    }
    if (place.references) told.push(`${plural(place.references, "reference")} lead to it`);
    if (!place.is_new) told.push("was there before");
    if (place.suppression) told.push(`suppressed: ${place.suppression}`);
    told.push(`fingerprint ${place.fingerprint}`);
    for (const line of told) item.append(el("div", "faint", line));
    return item;
  }

  /** The place that was introduced first, with its commit. */
  const introduced = (group) =>
    group.places
      .filter((place) => place.commit && !Number.isNaN(Date.parse(place.commit.date)))
      .sort((a, b) => Date.parse(a.commit.date) - Date.parse(b.commit.date))[0];

  /** When a secret was removed from HEAD, in milliseconds; NaN where that is not known. */
  const gone = (place) => (place.removed ? Date.parse(place.removed.date) : NaN);

  /** How long the secrets of HEAD have been exposed, the longest first; those that were removed after them. */
  function timeline(groups) {
    const now = data.ended * 1000;
    const spans = groups.map((group) => {
      const place = introduced(group);
      const start = Date.parse(place.commit.date);
      const end = group.in_head ? now : gone(place);
      return { group, place, start, end, days: Math.max(0, Math.round((end - start) / DAY)) };
    });
    spans.sort((a, b) => b.group.in_head - a.group.in_head || a.start - b.start);
    const rows = spans.slice(0, MOST_SPANS);
    const first = Math.min(...rows.map((row) => row.start));
    const whole = Math.max(DAY, now - first);
    const x = (time) => 300 + ((time - first) / whole) * 480;
    const label = "When secrets were introduced and removed, and how many days they have been exposed";
    const picture = svg("svg", { viewBox: `0 0 900 ${rows.length * 22 + 24}`, role: "img", "aria-label": label });
    rows.forEach(({ group, place, start, end, days }, at) => {
      const y = at * 22;
      picture.append(svg("text", { x: 0, y: y + 15 }, cut(`${group.title.name}, ${place.path}`, 46)));
      const isKnown = !Number.isNaN(end);
      const width = isKnown ? Math.max(3, x(end) - x(start)) : 3;
      const kind = group.in_head ? "present" : "past";
      const bar = svg("rect", { class: kind, x: Math.min(777, x(start)), y: y + 4, height: 14, width });
      const until = !group.in_head && isKnown ? `, removed on ${day(place.removed.date)}` : "";
      bar.append(svg("title", {}, `since ${day(place.commit.date)}${until}`));
      picture.append(bar);
      picture.append(svg("text", { x: 790, y: y + 15 }, isKnown ? plural(days, "day") : "gone"));
    });
    const y = rows.length * 22 + 16;
    picture.append(svg("line", { class: "axis", x1: 300, x2: 780, y1: y - 12, y2: y - 12 }));
    picture.append(svg("text", { x: 300, y }, day(new Date(first).toISOString())));
    picture.append(svg("text", { x: 780, y, "text-anchor": "end" }, day(new Date(now).toISOString())));
    const title = groups.length > rows.length ? `Exposure, the longest ${rows.length}` : "Exposure";
    return el("section", "chart", el("h2", "", title), picture);
  }

  function charts() {
    if (!data.groups.length) return;
    const kinds = counted(data.groups.map((group) => group.title.name));
    $("charts").append(chart("By kind", kinds.slice(0, 12), "Number of secrets by kind"));
    const dated = data.groups.filter(introduced);
    if (!dated.length) return;
    const months = counted(dated.map((group) => introduced(group).commit.date.slice(0, 7)));
    months.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    $("charts").append(chart("By month", months.slice(-18), "Number of secrets by the month of their commit"));
    $("timeline").append(timeline(dated));
  }

  /** Keys: `/` searches, `j` and `k` go from secret to secret. */
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "/") {
      event.preventDefault();
      $("search").focus();
    } else if (event.key === "j" || event.key === "k") {
      const all = [...document.querySelectorAll("#secrets summary")];
      const at = all.indexOf(document.activeElement.closest("summary"));
      const to = event.key === "j" ? at + 1 : Math.max(0, at - 1);
      if (all[to]) all[to].focus();
    }
  }

  for (const [kind] of counted(data.groups.map((group) => group.title.kind)).sort()) {
    $("kind").append(new Option(kind, kind));
  }
  $("filters").hidden = data.groups.length === 0;
  $("filters").addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(filter));
  $("more").addEventListener("click", () => more(PAGE));
  document.addEventListener("keydown", keys);
  // Paper has the first secrets unfolded; what is left is counted below them.
  window.addEventListener("beforeprint", () => {
    more(Math.max(0, Math.min(matching.length, MOST_PRINTED) - shown));
    document.querySelectorAll("#secrets details").forEach((details, at) => {
      if (details.children.length === 1) details.append(inside(matching[at]));
      details.open = true;
    });
  });
  charts();
  filter();
})();
