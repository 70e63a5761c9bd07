/** Runs the suite in a worker that answers requests with the report. */
export default {
  async fetch(): Promise<Response> {
    const { report } = await import("./report.ts"); // inside: the suite makes tokens as it loads, which a worker may not yet do
    return Response.json(await report());
  },
};
