// Shows the data of a report of findings.
(() => {
  const { data, DAY, $, el, svg, plural, day, cut, counted, chart } = page;
  const PAGE = 100;
  const MOST_PRINTED = 1000;
  const MOST_SPANS = 15;
  const NARROW = window.matchMedia("(max-width: 40rem)");

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

  function link(url) {
    const node = el("a", "", url);
    node.href = url;
    node.rel = "noreferrer";
    return node;
  }

  function inside(group) {
    const rule = group.title;
    const list = el("dl", "");
    const row = (name, value) => value && list.append(el("dt", "", name), el("dd", "", value));
    row("what it is", rule.description);
    row("how sure", `${rule.severity} severity, ${group.confidence}`);
    row("asked", group.state && `${group.state}: ${group.reason}`);
    row("it tells", Object.entries(group.facts).map(([key, value]) => `${key}: ${value}`).join(", "));
    for (const [way, what] of rule.remedies) row(way, /^https:\/\//.test(what) ? link(what) : what);
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
      const days = place.exposed_days === undefined ? "" : `, after ${plural(place.exposed_days, "day")}`;
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
    // On a narrow screen a name stands above its bar.
    const { width, from, to, step, over, most } = NARROW.matches
      ? { width: 400, from: 0, to: 310, step: 42, over: 20, most: 56 }
      : { width: 900, from: 300, to: 780, step: 22, over: 0, most: 46 };
    const x = (time) => from + ((time - first) / whole) * (to - from);
    const label = "When secrets were introduced and removed, and how many days they have been exposed";
    const height = rows.length * step + 24;
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
    rows.forEach(({ group, place, start, end, days }, at) => {
      const y = at * step;
      picture.append(svg("text", { x: 0, y: y + 15 }, cut(`${group.title.name}, ${place.path}`, most)));
      const isKnown = !Number.isNaN(end);
      const length = isKnown ? Math.max(3, x(end) - x(start)) : 3;
      const kind = group.in_head ? "present" : "past";
      const left = Math.min(to - 3, x(start));
      const bar = svg("rect", { class: kind, x: left, y: y + over + 4, height: 14, width: length });
      const until = !group.in_head && isKnown ? `, removed on ${day(place.removed.date)}` : "";
      bar.append(svg("title", {}, `since ${day(place.commit.date)}${until}`));
      picture.append(bar);
      // Without a commit that removed it, another branch may hold it.
      const note = isKnown ? plural(days, "day") : "not in HEAD";
      picture.append(svg("text", { x: to + 10, y: y + over + 15 }, note));
    });
    const y = rows.length * step + 16;
    picture.append(svg("line", { class: "axis", x1: from, x2: to, y1: y - 12, y2: y - 12 }));
    picture.append(svg("text", { x: from, y }, day(new Date(first).toISOString())));
    picture.append(svg("text", { x: to, y, "text-anchor": "end" }, day(new Date(now).toISOString())));
    const sample = (kind, words) => el("span", "sample", el("i", kind), words);
    const legend = el("p", "faint", sample("present", "still in HEAD"), sample("past", "not in HEAD"));
    const title = groups.length > rows.length ? `Exposure, the longest ${rows.length}` : "Exposure";
    return el("section", "chart", el("h2", "", title), legend, picture);
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
    const draw = () => $("timeline").replaceChildren(timeline(dated));
    NARROW.addEventListener("change", draw);
    draw();
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
