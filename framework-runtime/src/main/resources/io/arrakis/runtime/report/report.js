'use strict';
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const palette = ['#b5651d', '#3b6ea5', '#5a8f4e', '#8d5a97', '#c2a33a', '#4f9c9c', '#a44a3f', '#6b6f76'];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const digits = v => v === null || v === undefined ? '' : Math.abs(v) >= 1000 || Number.isInteger(v) ? v.toLocaleString('en') : Number(v.toPrecision(3)).toString();

  function base(figure) {
    const faint = css('--faint'), line = css('--line'), ink = css('--ink');
    const axis = (label, gap) => ({
      name: label, nameLocation: 'middle', nameGap: gap, nameTextStyle: { color: faint },
      axisLabel: { color: faint, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } },
    });
    return {
      color: palette, animation: false, textStyle: { fontFamily: 'inherit', color: ink },
      grid: { left: 64, right: 24, top: 40, bottom: 64 },
      tooltip: { backgroundColor: css('--panel'), borderColor: line, textStyle: { color: ink }, renderMode: 'richText' },
      legend: { top: 0, itemGap: 20, textStyle: { color: ink } },
      xAxis: axis(figure.x && figure.x.label, 36), yAxis: axis(figure.y && figure.y.label, 48),
    };
  }

  const legend = (option, names) => { if (names.length < 2) { option.legend = undefined; option.grid.top = 16; } return option; };

  function intervals(series) {
    return series.flatMap((s, index) => !s.low || !s.low.length ? [] : [{
      type: 'custom', name: s.name, silent: true, z: 5, itemStyle: { color: css('--ink') },
      encode: { x: 0, y: [1, 2] },
      data: s.values.map((v, i) => [i, s.low[i], s.high[i]]),
      renderItem: (params, api) => {
        if (Number.isNaN(api.value(1)) || Number.isNaN(api.value(2))) { return null; }
        const width = api.size([1, 0])[0] * 0.7 / series.length;
        const shift = (index - (series.length - 1) / 2) * width;
        const low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]);
        const x = low[0] + shift, cap = 4, style = { stroke: css('--ink'), lineWidth: 1 };
        return { type: 'group', children: [
          { type: 'line', shape: { x1: x, y1: low[1], x2: x, y2: high[1] }, style },
          { type: 'line', shape: { x1: x - cap, y1: low[1], x2: x + cap, y2: low[1] }, style },
          { type: 'line', shape: { x1: x - cap, y1: high[1], x2: x + cap, y2: high[1] }, style },
        ] };
      },
    }]);
  }

  function bars(figure) {
    const option = legend(base(figure), figure.series);
    Object.assign(option.xAxis, { type: 'category', data: figure.categories });
    if (figure.categories.length > 12) { option.xAxis.axisLabel.rotate = 40; option.grid.bottom = 88; option.xAxis.nameGap = 64; }
    option.yAxis.type = 'value';
    option.tooltip.trigger = 'axis';
    option.tooltip.valueFormatter = digits;
    option.series = figure.series.map(s => ({ type: 'bar', name: s.name, data: s.values, barGap: '0%', barCategoryGap: '30%' }))
      .concat(intervals(figure.series).map(s => ({ ...s, tooltip: { show: false } })));
    return option;
  }

  function lines(figure) {
    const option = legend(base(figure), figure.series);
    Object.assign(option.xAxis, { type: 'value', min: 'dataMin', max: 'dataMax', minInterval: figure.at.every(Number.isInteger) ? 1 : 0 });
    option.yAxis.type = 'value';
    option.yAxis.scale = true;
    option.tooltip.trigger = 'axis';
    option.tooltip.valueFormatter = digits;
    option.series = figure.series.flatMap((s, index) => {
      const color = palette[index % palette.length];
      const line = { type: 'line', name: s.name, color, showSymbol: figure.at.length < 40, data: s.values.map((v, i) => [figure.at[i], v]) };
      if (!s.low || !s.low.length) { return [line]; }
      const corner = (api, ends) => (v, i) => api.coord([figure.at[i], ends[i]]);
      return [{
        type: 'custom', name: s.name, silent: true, z: 1, tooltip: { show: false }, encode: { x: 0, y: [1, 2] },
        data: s.values.map((v, i) => [figure.at[i], s.low[i], s.high[i]]),
        renderItem: (params, api) => params.dataIndex > 0 ? null : {
          type: 'polygon', style: { fill: color, opacity: .18 },
          shape: { points: s.values.map(corner(api, s.high)).concat(s.values.map(corner(api, s.low)).reverse()) },
        },
      }, line];
    });
    return option;
  }

  function scatter(figure) {
    const option = legend(base(figure), figure.groups);
    option.xAxis.type = option.yAxis.type = 'value';
    option.xAxis.scale = option.yAxis.scale = true;
    const few = figure.groups.reduce((n, g) => n + g.x.length, 0) <= 120;
    option.tooltip.formatter = p => `${p.data[2] || p.seriesName}: ${digits(p.data[0])}, ${digits(p.data[1])}`;
    option.series = figure.groups.map(g => ({
      type: 'scatter', name: g.name, symbolSize: few ? 8 : 5, itemStyle: { opacity: .8 },
      data: g.x.map((x, i) => [x, g.y[i], g.labels[i] || '']),
      label: { show: few && g.labels.length > 0, formatter: p => p.data[2], position: 'right', color: css('--faint'), fontSize: 11 },
      labelLayout: { hideOverlap: true },
    }));
    return option;
  }

  function heatMap(figure) {
    const option = base(figure);
    const values = figure.values.flat().filter(v => v !== null);
    const low = Math.min(...values), high = Math.max(...values), both = low < 0 && high > 0;
    const end = Math.max(Math.abs(low), Math.abs(high));
    Object.assign(option.xAxis, { type: 'category', data: figure.columns, splitLine: { show: false } });
    Object.assign(option.yAxis, { type: 'category', data: figure.rows, splitLine: { show: false }, inverse: true });
    option.legend = undefined;
    const widest = Math.max(...figure.rows.map(row => row.length)) * 7;
    option.grid = { left: Math.min(Math.max(72, widest + 44), 260), right: 132, top: 16, bottom: 64 };
    option.yAxis.nameGap = option.grid.left - 24;
    option.visualMap = {
      min: both ? -end : low, max: both ? end : high, calculable: true, right: 0, top: 'middle', textStyle: { color: css('--faint') }, formatter: digits,
      inRange: { color: both ? ['#3b6ea5', css('--paper'), '#b5651d'] : [css('--paper'), '#b5651d'] },
    };
    const named = (figure.labels || []).length > 0, label = p => named ? figure.labels[p.data[1]][p.data[0]] : digits(p.data[2]);
    option.tooltip.formatter = p => `${figure.rows[p.data[1]]}, ${figure.columns[p.data[0]]}: ${named ? label(p) + ', ' : ''}${digits(p.data[2])}`;
    option.series = [{
      type: 'heatmap', data: figure.values.flatMap((row, y) => row.map((v, x) => [x, y, v === null ? '-' : v])),
      label: { show: figure.columns.length * figure.rows.length <= (named ? 600 : 200), formatter: label, color: css('--ink'), fontSize: 10 },
    }];
    return option;
  }

  function graph(figure) {
    const types = [...new Set(figure.edges.map(e => e.type))];
    const strongest = Math.max(...figure.edges.map(e => Math.abs(e.weight)), 1e-9);
    const degree = {};
    figure.edges.forEach(e => { degree[e.from] = (degree[e.from] || 0) + 1; degree[e.to] = (degree[e.to] || 0) + 1; });
    const option = base(figure);
    option.xAxis = option.yAxis = option.grid = option.legend = undefined;
    option.tooltip.formatter = p => p.dataType === 'edge' ? `${p.data.from} → ${p.data.to}: ${p.data.type}, ${digits(p.data.weight)}` : p.name;
    option.series = [{
      type: 'graph', layout: 'force', roam: true, draggable: true, layoutAnimation: false,
      edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 6,
      force: { repulsion: 160, edgeLength: [40, 130], gravity: .08, initLayout: 'circular' },
      label: { show: true, position: 'right', color: css('--ink'), fontSize: 11 },
      labelLayout: { hideOverlap: true },
      data: figure.nodes.map(n => ({ id: n.id, name: n.label, symbolSize: 6 + 3 * Math.sqrt(degree[n.id] || 0), itemStyle: { color: palette[1] } })),
      edges: figure.edges.map(e => ({ source: e.from, target: e.to, ...e,
        lineStyle: { color: palette[types.indexOf(e.type) % palette.length], width: .5 + 2 * Math.abs(e.weight) / strongest, opacity: .55, curveness: .1 } })),
    }];
    return option;
  }

  const draw = { bars, lines, scatter, heat_map: heatMap, graph };
  const charts = [...document.querySelectorAll('[data-figure]')].map(element => {
    const figure = JSON.parse(document.getElementById(element.dataset.figure).textContent);
    if (figure.kind === 'graph' || (figure.kind === 'heat_map' && figure.rows.length > 24)) { element.classList.add('tall'); }
    return { chart: echarts.init(element, null, { renderer: 'svg' }), figure };
  });
  const paint = () => charts.forEach(({ chart, figure }) => chart.setOption(draw[figure.kind](figure), true));
  paint();
  dark.addEventListener('change', paint);
  addEventListener('resize', () => charts.forEach(({ chart }) => chart.resize()));

  const key = cell => cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.textContent;
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number'
    ? (Number.isNaN(a) - Number.isNaN(b)) || a - b : String(a).localeCompare(String(b), 'en');
  document.querySelectorAll('table.sortable').forEach(table => table.querySelectorAll('th').forEach((head, column) =>
    head.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => (up ? 1 : -1) * compare(key(a.cells[column]), key(b.cells[column])));
      table.tBodies[0].append(...rows);
    })));
})();
