// What the page draws with; `npm install && npm run build` in this folder writes the vendored file.
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, CustomChart, GridComponent, LegendPlainComponent, LineChart, MarkLineComponent, SankeyChart, ScatterChart,
  SVGRenderer, TitleComponent, TooltipComponent,
]);

export { init };
