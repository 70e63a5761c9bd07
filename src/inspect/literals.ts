// Texts that a program writes where it has no name: of a value that was not set, of an object, of a template not filled in.

/** What a text that is no name comes from. */
export type LiteralKind = "not-set" | "zero" | "object" | "template";

/**
 * What such texts look like, in the languages of token servers and clients. The first that fits counts. No pattern here looks at a
 * text twice.
 */
const LITERALS: readonly (readonly [LiteralKind, RegExp])[] = [
  ["zero", /^0$/],
  [
    "not-set",
    /^([Uu]ndefined|UNDEFINED|null|Null|NULL|NaN|nan|None|NONE|nil|NIL|false|true|False|True|FALSE|TRUE|[+-]?Infinity|\(null\)|<(null|nil|undefined|none)>)$/,
  ],
  // JavaScript: objects, promises, functions.
  [
    "object",
    /^\[(object|class|AsyncFunction|Function|Promise)\b[^\]]*\]$|^(async )?function\b[^(]*\(|^(async )?\([^)]*\) =>|^Promise \{/,
  ],
  // Python, Ruby, PHP, Lua.
  [
    "object",
    /^<(.* object at 0x.*|(built-in |bound )?(function|method)\b.*|class '.*'|coroutine .*)>$|^#<.*>$|^Array$|^table: 0x|^(HASH|ARRAY|CODE|SCALAR)\(0x/,
  ],
  // Java, Kotlin, C#, Dart.
  [
    "object",
    /^\[+[BCDFIJLSZ][\w.$;]*@[0-9a-f]{5,16}$|^(\w+\.)+[A-Z][\w$]*@[0-9a-f]{5,16}$|^kotlin\.Unit$|^System\.[A-Z][\w.`]*(\[.*\])?$|^Instance of '|^\(\) => |^Closure: |^_?Future<|^Function\d?<|^TextEditingController#|^Symbol\(/,
  ],
  // Swift, Rust, Go: a value in its wrapper, and what a format did not take.
  ["object", /^(Optional|Some|Ok|Just)\(.*\)$|^%![a-z]\(|^&\{.*\}$|^map\[.*\]$|^0xc0[\da-f]{8}$/],
  ["object", /^\{\s*["'\w]+\s*:.*\}$/s],
  [
    "template",
    /^\$\{.*\}$|^#\{.*\}$|^\{\{.*\}\}$|^\{[A-Za-z_]\w*\}$|^\$\(?[A-Za-z_]\w*\)?$|^%\(?[A-Za-z_]*\)?[sdv@%]$|^%\w+%$/,
  ],
  ["template", /^<%.*%>$|^<[A-Za-z][\w -]*>$|^:[A-Za-z]\w*$|^\[[A-Za-z][\w -]*\]$/],
  ["template", /^\$env:\w+$|^process\.env\b|^<#.*#>$|^<-+ .* -+>$/],
  ["template", /^(your|insert|enter)[ _-]?(your[ _-]?)?(app|channel|user|account|uid|room)([ _-]?(name|id))?([ _-]?here)?$/i],
];

/** What none of them fits is no literal: one search for most names, in place of one for each. */
let any: RegExp | undefined;

/** What a text comes from that stands where a name belongs; nothing where it may be a name. */
export function literalKind(name: string): LiteralKind | undefined {
  any ??= new RegExp(LITERALS.map(([, { source }]) => source).join("|"), "is");
  return name.length > 2000 || !any.test(name) ? undefined : LITERALS.find(([, looks]) => looks.test(name))?.[0];
}

/** Such texts in full, to be found by a checksum. */
export function literalTexts(): string[] {
  const values =
    "undefined Undefined null Null NULL NaN nan None nil NIL 0 false true False True Infinity (null) <null> <nil> {} [] map[] Array %s %d %@";
  const objects = "Object Promise Undefined Null Number String Array Function Window HTMLInputElement";
  const others = [
    "Optional(nil)",
    "kotlin.Unit",
    "System.Object",
    "Instance of 'Future<String>'",
    "Instance of 'Future<dynamic>'",
    "%!s(MISSING)",
    "%!d(MISSING)",
    "%!s(<nil>)",
    "%!d(<nil>)",
  ];
  const fields =
    "channelName channel_name channel cname room roomName roomId room_id name uid user userId user_id userAccount account " +
    "username id";
  const templates = fields.split(" ").flatMap((field) => [
    ...[`\${${field}}`, `{{${field}}}`, `{{ ${field} }}`, `{${field}}`, `$${field}`, `:${field}`, `<${field}>`, `#{${field}}`],
    ...[`%${field}%`, `[${field}]`],
  ]);
  return [...values.split(" "), ...objects.split(" ").map((object) => `[object ${object}]`), ...others, ...templates];
}
