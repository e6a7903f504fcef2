// What the page draws with; `npm install && npm run build` in this folder writes the vendored file.
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendPlainComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent, BarChart, CustomChart, GridComponent, LegendPlainComponent, LineChart, MarkAreaComponent,
  MarkLineComponent, MarkPointComponent, SankeyChart, ScatterChart, SVGRenderer, TitleComponent, TooltipComponent,
]);

export { init };
