import { assert, assertEquals } from "@std/assert";
import { ROOT, runDeno } from "./helpers.ts";

// Only what is read here of the output of `deno doc --json`.

interface Param {
  name: string;
  tsType: { repr: string };
}

interface Tag {
  kind: string;
  name?: string;
  doc?: string;
}

interface Member {
  name: string;
  jsDoc?: { doc: string; tags?: Tag[] };
  /** Of a method. */
  params?: Param[];
  /** Of a property. */
  tsType?: { repr: string };
}

interface Declaration {
  def: {
    methods?: Member[];
    properties?: Member[];
    /** Of a type alias. */
    tsType?: { value: { params?: Param[] } };
  };
}

/** The official builders by the file of their types, and the type of every time that they take. */
const TIMES = {
  "src/official/families.ts": "Seconds",
  "src/official/legacy/types.ts": "UnixSeconds",
  "src/official/access_token.ts": "UnixSeconds",
};

/** The argument that is an exception: seconds from now before 007. */
const DURATION = "getTokenForSecondsFromNow.seconds";

const { code, stdout, stderr } = await runDeno(["doc", "--json", ...Object.keys(TIMES)]);
assertEquals(code, 0, stderr);
const { nodes } = JSON.parse(stdout) as {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
};

for (const [file, time] of Object.entries(TIMES)) {
  const { symbols } = nodes[`file://${ROOT}${file}`]!;
  const aliases: Record<string, Param[] | undefined> = {};
  for (const { name, declarations } of symbols) aliases[name] = declarations[0]!.def.tsType?.value.params;
  const families = symbols.filter(({ name }) => name.endsWith("Family"));
  assert(families.length > 0, file);
  for (const { name: family, declarations } of families) {
    const { methods = [], properties = [] } = declarations[0]!.def;
    for (const { name, jsDoc, params, tsType } of [...methods, ...properties]) {
      const taken = params ?? aliases[tsType!.repr];
      if (taken === undefined) continue; // a constant
      Deno.test(`${family}.${name}() documents its arguments, times, errors and source (${file})`, () => {
        assert(jsDoc !== undefined);
        const tags = (kind: string) => (jsDoc.tags ?? []).filter((tag) => tag.kind === kind);
        assertEquals(tags("param").map((tag) => tag.name), taken.map((param) => param.name));
        assertEquals([tags("return").length, tags("throws").length], [1, 1]);
        assert(/`[a-z]+(-[a-z]+)+`/.test(tags("throws")[0]!.doc!), "names the codes");
        assert(/^Source: .*`.+`/m.test(jsDoc.doc), "names the source");
        for (const [index, { name: param, tsType: type }] of taken.entries()) {
          const isTime = /expire$|Ts$|^seconds$/i.test(param);
          const wanted = `${name}.${param}` === DURATION ? "Seconds" : time;
          assertEquals(["Seconds", "UnixSeconds"].includes(type.repr), isTime, param);
          if (!isTime) continue;
          assertEquals(type.repr, wanted, param);
          assert(tags("param")[index]!.doc!.includes(wanted === "Seconds" ? ": seconds from now, 0" : ": Unix time, 0"), param);
        }
      });
    }
  }
}
