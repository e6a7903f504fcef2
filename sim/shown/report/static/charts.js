"use strict";
/* From the plain data of a figure to an ECharts option. Every maker gets (figure, width, state, words) and returns
   {option, height}; `words` picks the language, `state` holds the sliders and choices of the figure. */
const charts = (() => {
  const INK = "#1f2430", SOFT = "#555b66", GRID = "#e1e4e8", EDGE = "#8a8f98", MARK = "#9a3b2e";
  const LETTERS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Village Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  const NARROW = 620, PAPER = 800, WALL = 1250;
  /* Letters of a drawing; larger where a page is shown on a wall. */
  let SIZE = 12;
  const pencil = document.createElement("canvas").getContext("2d");

  const wide = (text, size = SIZE) => {
    pencil.font = `${size}px ${LETTERS}`;
    return Math.max(...text.split("\n").map((line) => pencil.measureText(line).width));
  };
  const shown = (value, digits) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    const size = Math.abs(value);
    const most = digits ?? (size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    return value.toLocaleString("en-US", { maximumFractionDigits: most }).replace("-", "−");
  };
  const base = () => ({
    animation: false,
    textStyle: { fontFamily: LETTERS, color: INK, fontSize: SIZE },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: "#ffffff", borderColor: EDGE,
      textStyle: { color: INK, fontSize: SIZE, fontFamily: LETTERS },
    },
  });

  /* A legend is laid out here, so that the panels know how much room it takes. */
  const legend = (names, width) => {
    let along = 0, rows = 1;
    for (const name of names) {
      const takes = wide(name) + 46;
      if (along > 0 && along + takes > width - 8) { rows += 1; along = 0; }
      along += takes;
    }
    return {
      height: rows * 22 + 4,
      option: {
        data: names, top: 0, left: 0, width: width - 4, itemWidth: 22, itemHeight: 10, itemGap: 12,
        textStyle: { fontSize: SIZE, color: INK }, selectedMode: true,
      },
    };
  };

  /* Where the panels of a figure stand: boxes from the left and the top. */
  const boxes = (count, columns, width, top, high, left, head) => {
    const used = width < NARROW ? 1 : Math.min(columns, count);
    const gap = 28, each = (width - gap * (used - 1)) / used;
    return Array.from({ length: count }, (_, k) => ({
      left: (k % used) * (each + gap) + left, width: each - left - 14,
      top: top + Math.floor(k / used) * (head + high + 54) + head, height: high, title: (k % used) * (each + gap), each,
    }));
  };
  const heading = (text, box) => ({
    text, left: box.title, top: box.top - 40, padding: 0,
    textStyle: { fontSize: SIZE + 0.5, fontWeight: 600, color: INK, width: box.each - 6, overflow: "break", lineHeight: 16 },
  });
  const bottom = (made) => Math.max(...made.map((box) => box.top + box.height)) + 46;

  const steps = [1, 2, 3, 6, 12, 24, 36, 48, 60, 120, 240];
  const ticks = (months, width) => {
    const most = Math.max(3, Math.floor(width / 46));
    const step = steps.find((one) => months / one <= most) || 240;
    return (index) => index === 0 ? step > 1 : (index + 1) % step === 0;
  };
  const reach = (panel) => {
    const values = panel.series.flatMap((one) => [...one.values, ...(one.low || []), ...(one.high || [])]);
    values.push(...panel.points.flatMap((one) => one.values));
    const there = values.filter((value) => value !== null);
    const low = Math.min(...there), high = Math.max(...there);
    return panel.stacked || panel.zero || (low >= 0 && low < 0.6 * high) ? {} : { scale: true };
  };

  /* Both ends of a band are data, so that the axis reaches them; the first of the two draws it. */
  const extent = (values, end) => end(...values.filter((value) => value !== null));
  const band = (one, k, name) => ({
    type: "custom", name, xAxisIndex: k, yAxisIndex: k, silent: true, clip: true, z: 1, tooltip: { show: false },
    data: [[0, extent(one.low, Math.min)], [0, extent(one.high, Math.max)]], encode: { x: 0, y: 1 }, itemStyle: { color: one.colour },
    renderItem: (params, api) => {
      if (params.dataIndex > 0) return undefined;
      const up = [], down = [];
      one.low.forEach((low, month) => {
        if (low === null || one.high[month] === null) return;
        up.push(api.coord([month, one.high[month]]));
        down.unshift(api.coord([month, low]));
      });
      return { type: "polygon", shape: { points: up.concat(down) }, style: { fill: one.colour, opacity: 0.15 } };
    },
  });
  const point = (one, k, name) => ({
    type: "custom", name, xAxisIndex: k, yAxisIndex: k, z: 6, itemStyle: { color: INK }, tooltip: { show: false },
    data: [[one.month - 1, one.values[0]], [one.month - 1, one.values[2]]], encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      if (params.dataIndex > 0) return undefined;
      const [x, low] = api.coord([one.month - 1, one.values[0]]);
      const middle = api.coord([one.month - 1, one.values[1]])[1], high = api.coord([one.month - 1, one.values[2]])[1];
      const line = { stroke: INK, lineWidth: 1.5, fill: null };
      const cap = (y) => ({ type: "line", shape: { x1: x - 4, y1: y, x2: x + 4, y2: y }, style: line });
      return {
        type: "group",
        children: [
          { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style: line }, cap(low), cap(high),
          { type: "polygon", shape: { points: [[x, middle - 6], [x + 6, middle], [x, middle + 6], [x - 6, middle]] }, style: { fill: "#ffffff", stroke: INK, lineWidth: 1.5 } },
        ],
      };
    },
  });

  const lines = (figure, width, state, words) => {
    const option = base(), names = [];
    const named = (text) => { if (!names.includes(text)) names.push(text); return text; };
    figure.panels.forEach((panel) => {
      (panel.stacked ? [...panel.series].reverse() : panel.series).forEach((one) => named(words(one.label)));
      panel.points.forEach((one) => named(words(one.label)));
    });
    const top = legend(names, width);
    const axis = width < NARROW ? 46 : 56;
    const made = boxes(figure.panels.length, figure.columns, width, top.height + 4, width < NARROW ? 190 : width < PAPER ? 175 : 230, axis, 44);
    const months = Math.max(...figure.panels.flatMap((panel) => panel.series.map((one) => one.values.length)));
    Object.assign(option, { legend: top.option, grid: [], xAxis: [], yAxis: [], series: [], title: [] });
    figure.panels.forEach((panel, k) => {
      const box = made[k], about = words(panel.heading), unit = words(panel.axis);
      option.grid.push({ left: box.left, top: box.top, width: box.width, height: box.height });
      const said = about && unit && !about.includes(unit) ? `${about} (${unit})` : about || unit;
      if (said) option.title.push(heading(said, box));
      option.xAxis.push({
        type: "category", gridIndex: k, boundaryGap: false, data: Array.from({ length: months }, (_, m) => String(m + 1)),
        name: words(figure.time), nameLocation: "middle", nameGap: 26, nameTextStyle: { fontSize: SIZE, color: SOFT },
        axisLabel: { fontSize: SIZE, color: SOFT, interval: ticks(months, box.width), hideOverlap: true },
        axisTick: { interval: ticks(months, box.width) }, axisLine: { onZero: false, lineStyle: { color: EDGE } },
      });
      option.yAxis.push({
        type: "value", gridIndex: k, axisLabel: { fontSize: SIZE, color: SOFT, formatter: (value) => shown(value), hideOverlap: true },
        splitLine: { lineStyle: { color: GRID } }, splitNumber: 4, ...reach(panel),
      });
      panel.series.forEach((one, place) => {
        const name = words(one.label);
        if (one.low) option.series.push(band(one, k, name));
        const series = {
          type: "line", name, xAxisIndex: k, yAxisIndex: k, data: one.values, showSymbol: false, z: 3, color: one.colour,
          lineStyle: { width: panel.stacked ? 0.8 : 2, type: one.dash, color: panel.stacked ? "#ffffff" : one.colour },
          emphasis: { disabled: true }, connectNulls: false,
        };
        if (panel.stacked) Object.assign(series, { stack: `panel ${k}`, areaStyle: { color: one.colour, opacity: 0.92 } });
        if (place === 0) {
          const marks = figure.marks.map((month) => ({ xAxis: month - 1, lineStyle: { color: MARK, type: "dotted", width: 1.2 } }));
          if (panel.zero) marks.push({ yAxis: 0, lineStyle: { color: INK, type: "solid", width: 1 } });
          series.markLine = { silent: true, symbol: "none", label: { show: false }, data: marks };
        }
        option.series.push(series);
      });
      panel.points.forEach((one) => option.series.push(point(one, k, words(one.label))));
    });
    option.tooltip.trigger = "axis";
    option.tooltip.formatter = (items) => {
      const list = Array.isArray(items) ? items : [items];
      if (!list.length) return "";
      const month = list[0].dataIndex, rows = [`${words(["第 {n} 个月", "month {n}"]).replace("{n}", month + 1)}`];
      for (const item of list) {
        const panel = figure.panels[item.axisIndex ?? 0];
        const one = panel.series.find((each) => words(each.label) === item.seriesName);
        if (!one || item.seriesType !== "line") continue;
        const span = one.low ? words(["（{a} 至 {b}）", " ({a} to {b})"]).replace("{a}", shown(one.low[month])).replace("{b}", shown(one.high[month])) : "";
        rows.push(`${item.seriesName}: ${shown(one.values[month])}${span}`);
      }
      return rows.join("\n");
    };
    return { option, height: bottom(made) };
  };

  const labels = (rows, width) => Math.min(Math.max(...rows.map((row) => wide(row))) + 10, width * 0.42);
  const rowed = (figure, width, words, rows, each, high) => {
    const option = base(), panels = figure.panels;
    const names = [...new Set(panels.flatMap((panel) => panel.series.map((one) => words(one.label))))];
    const top = legend(names, width), left = labels(rows, width < NARROW ? width : width / panels.length);
    const made = boxes(panels.length, panels.length, width, top.height + 4, high * rows.length, left, 44);
    Object.assign(option, { legend: top.option, grid: [], xAxis: [], yAxis: [], series: [], title: [] });
    panels.forEach((panel, k) => {
      const box = made[k];
      option.grid.push({ left: box.left, top: box.top, width: box.width, height: box.height });
      if (words(panel.heading)) option.title.push(heading(words(panel.heading), box));
      option.xAxis.push({
        type: "value", gridIndex: k, name: words(panel.axis), nameLocation: "middle", nameGap: 26, nameTextStyle: { fontSize: SIZE, color: SOFT },
        axisLabel: { fontSize: SIZE, color: SOFT, formatter: (value) => shown(value), hideOverlap: true }, splitLine: { lineStyle: { color: GRID } },
        splitNumber: 4, axisLine: { show: false },
      });
      option.yAxis.push({
        type: "category", gridIndex: k, data: rows, inverse: true, axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: EDGE } },
        axisLabel: { fontSize: SIZE, color: INK, width: left - 10, overflow: "break", lineHeight: 14, interval: 0, margin: 8 },
        offset: 0,
      });
      option.yAxis[k].axisLine.onZero = false;
      panel.series.forEach((one, place) => option.series.push(...each(one, panel, place, k, words(one.label))));
    });
    return { option, height: bottom(made) };
  };

  const dot = (one, panel, place, k, name) => [{
    type: "custom", name, xAxisIndex: k, yAxisIndex: k, itemStyle: { color: one.colour }, z: 4, encode: { x: [0, 2, 3], y: 1 },
    data: one.values.map((value, row) => [value, row, one.low[row], one.high[row]]),
    markLine: panel.zero && place === 0 ? { silent: true, symbol: "none", label: { show: false }, data: [{ xAxis: 0 }], lineStyle: { color: INK, type: "solid", width: 1 } } : undefined,
    renderItem: (_, api) => {
      const shift = (place - (panel.series.length - 1) / 2) * 13;
      const spot = (value) => api.coord([value, api.value(1)]);
      if (Number.isNaN(api.value(0))) return undefined;
      const [x, y] = spot(api.value(0)), low = spot(api.value(2))[0], high = spot(api.value(3))[0];
      const mark = one.place % 2 === 0
        ? { type: "circle", shape: { cx: x, cy: y + shift, r: 4.5 }, style: { fill: one.colour } }
        : { type: "rect", shape: { x: x - 4, y: y + shift - 4, width: 8, height: 8 }, style: { fill: one.colour } };
      const line = Number.isNaN(low) || Number.isNaN(high) ? [] : [{ type: "line", shape: { x1: low, y1: y + shift, x2: high, y2: y + shift }, style: { stroke: one.colour, lineWidth: 2.5, opacity: 0.75 } }];
      return { type: "group", children: [...line, mark] };
    },
  }];
  const intervals = (figure, width, state, words) => {
    const rows = figure.rows.map(words), most = Math.max(1, ...figure.panels.map((panel) => panel.series.length));
    const made = rowed(figure, width, words, rows, dot, width >= NARROW && width < PAPER ? 10 * most + 6 : Math.max(34, 14 * most + 14));
    made.option.tooltip.formatter = (item) => {
      const [value, row, low, high] = item.value;
      const span = words(["（{a} 至 {b}）", " ({a} to {b})"]).replace("{a}", shown(low)).replace("{b}", shown(high));
      return `${rows[row]}\n${item.seriesName}: ${shown(value)}${span}`;
    };
    return made;
  };
  const bars = (figure, width, state, words) => {
    const rows = figure.panels[0].rows.map(words), most = figure.panels[0].series.length;
    const made = rowed(figure, width, words, rows, (one, panel, place, k, name) => [{
      type: "bar", name, xAxisIndex: k, yAxisIndex: k, data: one.values, color: one.colour, barGap: "15%", emphasis: { disabled: true },
    }], Math.max(22, 11 * most + 10));
    made.option.tooltip.formatter = (item) => `${item.name}\n${item.seriesName}: ${shown(item.value)}`;
    return made;
  };

  /* Payers at the left, payees at the right: no flow can run in a circle. */
  const sankey = (figure, width, state, words) => {
    const option = base(), book = figure.books[state.world || 0];
    const last = state.month, first = state.span || figure.stretch > 1 ? last : Math.max(0, last - 11);
    const sum = book.map((months) => { let total = 0; for (let m = first; m <= last; m += 1) total += months[m]; return total; });
    const out = new Map(), into = new Map(), links = [];
    figure.links.forEach(([payer, payee], k) => {
      if (sum[k] <= 0) return;
      out.set(payer, (out.get(payer) || 0) + sum[k]);
      into.set(payee, (into.get(payee) || 0) + sum[k]);
      links.push({ source: `p${payer}`, target: `r${payee}`, value: sum[k] });
    });
    const tight = width < NARROW, aside = tight ? 104 : SIZE * 14.5;
    const label = (index, total) => tight ? `${words(figure.sectors[index])}\n${shown(total, 0)}` : `${words(figure.sectors[index])}  ${shown(total, 0)}`;
    const node = (side, position) => ([index, total]) => ({
      name: `${side}${index}`, itemStyle: { color: figure.colours[index], borderWidth: 0 },
      label: { position, formatter: label(index, total), color: INK, fontSize: tight ? 10.5 : SIZE, lineHeight: SIZE + 1 },
    });
    const sorted = (sums) => [...sums].sort((a, b) => b[1] - a[1]);
    option.series = [{
      type: "sankey", left: aside, right: aside, top: 26, bottom: 8, nodeWidth: 12, nodeGap: tight ? 16 : 12, layoutIterations: 0, draggable: false,
      data: [...sorted(out).map(node("p", "left")), ...sorted(into).map(node("r", "right"))], links,
      lineStyle: { color: "source", opacity: 0.38, curveness: 0.5 }, emphasis: { focus: "adjacency" }, nodeAlign: "justify",
    }];
    const side = (text, place) => ({ text, top: 4, padding: 0, textStyle: { fontSize: SIZE + 0.5, fontWeight: 600, color: INK }, ...place });
    option.title = [side(words(["谁付款（元）", "who pays (yuan)"]), { left: 0 }), side(words(["谁收款（元）", "who is paid (yuan)"]), { right: 0 })];
    option.tooltip.formatter = (item) => item.dataType === "edge"
      ? `${words(figure.sectors[Number(item.data.source.slice(1))])} → ${words(figure.sectors[Number(item.data.target.slice(1))])}\n${shown(item.data.value, 0)} ${words(figure.unit)}`
      : words(figure.sectors[Number(item.name.slice(1))]);
    return { option, height: tight ? 560 : width < PAPER ? 420 : 480 };
  };

  const map = (figure, width, state, words) => {
    const option = base(), names = figure.trades.map((one) => words(one.label));
    const top = legend(names, width), left = width < NARROW ? 48 : 64;
    const lane = width < NARROW ? 48 : 62, scale = Math.min(1, Math.max(0.6, width / 900));
    const made = boxes(figure.worlds.length, width < NARROW ? 1 : 2, width, top.height + 4, lane * figure.clans.length, left, 30);
    Object.assign(option, { legend: top.option, grid: [], xAxis: [], yAxis: [], series: [], title: [] });
    figure.trades.forEach((one, k) => option.series.push({
      type: "scatter", name: names[k], data: [], color: one.colour, itemStyle: { color: one.colour }, xAxisIndex: 0, yAxisIndex: 0,
    }));
    const far = Math.max(...figure.homes.map(([x]) => x));
    figure.worlds.forEach((world, k) => {
      const box = made[k], year = world.years[Math.min(state.year, world.years.length - 1)];
      option.grid.push({ left: box.left, top: box.top, width: box.width, height: box.height });
      option.title.push({ ...heading(words(world.name), box), top: box.top - 26 });
      option.xAxis.push({
        type: "value", gridIndex: k, min: 0, max: Math.ceil(far * 2) / 2, name: words(figure.axis), nameLocation: "middle", nameGap: 26,
        nameTextStyle: { fontSize: SIZE, color: SOFT }, axisLabel: { fontSize: SIZE, color: SOFT }, splitLine: { show: false }, axisLine: { onZero: false, lineStyle: { color: EDGE } }, axisTick: { show: false }, position: "bottom",
      });
      option.yAxis.push({
        type: "value", gridIndex: k, min: 0, max: figure.clans.length, inverse: true, interval: 1, splitLine: { lineStyle: { color: GRID } },
        axisLabel: { show: false }, axisLine: { show: false }, axisTick: { show: false },
      });
      option.series.push(lanes(figure, k, words));
      option.series.push({
        type: "custom", xAxisIndex: k, yAxisIndex: k, data: figure.homes.map(([x, y], h) => [x, y, ...year[h]]), encode: { x: 0, y: 1 },
        renderItem: home(figure, scale), z: 5,
      });
    });
    option.tooltip.formatter = (item) => {
      if (!item.value || item.value.length < 5) return "";
      const [, , a, b, trade] = item.value;
      const people = words(figure.words.people).replace("{a}", a).replace("{b}", b);
      return `${words(figure.words.home).replace("{n}", item.dataIndex + 1)}\n${people}\n${names[trade]}`;
    };
    return { option, height: bottom(made) };
  };
  const lanes = (figure, k, words) => ({
    type: "custom", xAxisIndex: k, yAxisIndex: k, silent: true, data: figure.clans.map((_, clan) => [0, clan + 0.5]), tooltip: { show: false },
    renderItem: (params, api) => {
      const [x, y] = api.coord([0, api.value(1)]);
      return { type: "text", style: { text: words(figure.clans[params.dataIndex]), x: x - 8, y, align: "right", verticalAlign: "middle", fill: SOFT, fontSize: 11.5, fontFamily: LETTERS } };
    },
  });
  const home = (figure, scale) => (params, api) => {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const here = api.value(2), all = api.value(3), colour = figure.trades[api.value(4)].colour;
    if (all === 0) return { type: "circle", shape: { cx: x, cy: y, r: 1.5 }, style: { fill: EDGE } };
    const r = scale * (2.2 + 2 * Math.sqrt(all)), share = Math.min(1, here / all);
    const children = [{ type: "circle", shape: { cx: x, cy: y, r }, style: { fill: "#ffffff", stroke: colour, lineWidth: 1.6 } }];
    if (share >= 1) children.push({ type: "circle", shape: { cx: x, cy: y, r }, style: { fill: colour } });
    else if (share > 0) children.push({ type: "sector", shape: { cx: x, cy: y, r0: 0, r, startAngle: -Math.PI / 2, endAngle: -Math.PI / 2 + 2 * Math.PI * share }, style: { fill: colour } });
    return { type: "group", children };
  };

  const makers = { lines, intervals, bars, sankey, map };
  const make = (figure, width, state, words) => {
    SIZE = width > WALL ? 14.5 : 12;
    return makers[figure.kind](figure, width, state, words);
  };

  /* The same chart with its title and sentence on it, to stand alone. */
  const alone = (figure, width, state, words, chosen) => {
    const made = make(figure, width, state, words);
    const title = words(figure.title), said = [words(figure.sentence), chosen].filter(Boolean).join("\n");
    const lines = (text, size) => text.split("\n").reduce((sum, line) => sum + Math.ceil((wide(line, size) + 1) / (width - 34)), 0);
    const head = 14 + lines(title, 16) * 22 + (said ? lines(said, 12) * 17 + 8 : 0) + 8;
    const shift = (one) => { if (one && typeof one.top === "number") one.top += head; };
    for (const key of ["grid", "title", "legend"]) [].concat(made.option[key] || []).forEach(shift);
    if (figure.kind === "sankey") made.option.series.forEach(shift);
    made.option.title = [].concat(made.option.title || [], {
      text: title, subtext: said, left: 8, top: 8, itemGap: 8,
      textStyle: { fontSize: 16, color: INK, width: width - 24, overflow: "break", lineHeight: 22 },
      subtextStyle: { fontSize: 12, color: SOFT, width: width - 24, overflow: "break", lineHeight: 17 },
    });
    made.option.backgroundColor = "#ffffff";
    return { option: made.option, height: made.height + head };
  };

  return { make, alone, shown };
})();
