import { trace } from "@opentelemetry/api";

/**
 * Gives the runtime's span of the current request (Deno makes one under `OTEL_DENO=true`) the name of its route. What Deno
 * itself wrote into the span stays: its `url.full` holds the path, which therefore must not have a key (docs/deploy.md).
 */
export function traceRoute(method: string, route: string): void {
  const span = trace.getActiveSpan();
  span?.setAttribute("http.route", route);
  span?.updateName(`${method} ${route}`);
}
