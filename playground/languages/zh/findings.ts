import type { Finding } from "../../../mod.ts";
import type { Catalogue, WRAPPINGS as WRAPPINGS_IN_ENGLISH } from "../../../src/inspect/catalogue.ts";
import type {
  CertificateForm,
  CertificateWrapping,
  DamageParams,
  DifferentCharacter,
  FindingCode,
  FindingParams,
  HomemadeSign,
  NameDifference,
  TokenPlace,
} from "../../../src/inspect/findings.ts";
import { type LiteralKind, literalKind } from "../../../src/inspect/literals.ts";
import { inUnits, utc } from "../../../src/inspect/words.ts";
import { errorSentence, wanted } from "./errors.ts";
import { meaningOf } from "./messages.ts";
import { characterName, fieldName, listed, privilegeNames, quoted, serviceNames, spaced } from "./words.ts";

// The sentences of findings in Chinese: src/inspect/catalogue.ts has those in English, and says what each is about.

const EXCHANGED = "传参顺序颠倒了。";

/** How the name in a token came to be another than the one given. */
const DIFFERENCES: Readonly<Record<NameDifference, string>> = {
  "letter-case": "两者只有大小写不同。",
  "whitespace": "两者只有空白字符不同。",
  "unicode-form": "两者只有 Unicode 形式不同。",
  "percent-encoding": "两者只有百分号编码不同。",
  "leading-zeros": "两者只有前导零不同：作为数字，前导零没有意义；在 Token 的文本里，它有意义。",
  "number-form": "作为数字两者相同，作为文本两者不同：只有纯数字才是 uid。",
  "rounded": "它被程序舍入了：JavaScript 等语言只能近似地保存 16 位及以上的数字，这样的 ID 必须一直是文本。",
  "32-bits": "截成 32 位无符号数（uid 就是这种数）之后，两者相同。",
  "invisible": "两者只有不可见字符不同。",
  "quotes": "两者只差名称两边的引号。",
  "case-and-whitespace": "两者只有大小写以及空白或不可见字符不同。",
  "look-alike": "两者只有形状相似的字符不同。",
  "punctuation": "两者只有字母和数字以外的符号不同。",
  "more-around": "Token 里的名称包含所给的名称，两边还有其他文本。",
  "given-more-around": "所给的名称包含 Token 里的名称，两边还有其他文本。",
  "literal": "程序在没有名称时会写出这样的文本。",
  "empty": "006 的空名称是否代表任意名称，没有任何文档说明。",
  "star": "声网只在 007 的文档里把 * 写作通配符。",
  "other-name": `它是所给的另一个名称：${EXCHANGED}`,
  "other-field": "用于 RTM 的 006 把用户放在频道字段里，用户字段为空。",
  "app-id": `它是 App ID：${EXCHANGED}`,
  "certificate": `它是 App 证书：${EXCHANGED}App 证书一旦出现在 Token 或客户端里，就不再是秘密。`,
  "token": `它是一个 Token：${EXCHANGED}`,
  "around": "所给内容的两边有名称、引号或其他文本。",
  "given-literal": "所给内容是程序在没有名称时写出的文本。",
  "given-app-id": `所给内容是 App ID：${EXCHANGED}`,
  "given-token": `所给内容是一个 Token：${EXCHANGED}`,
};

/** What a text comes from that stands in place of a name. */
const LITERAL: Readonly<Record<LiteralKind, string>> = {
  "not-set": "程序写出了一个没有赋值的值",
  "zero": "程序把数字 0 写成了文本",
  "object": "应当是名称的地方，程序写出了一个对象，或值外面的包装",
  "template": "模板或变量没有被替换",
};

/** The same of a channel or a user: only as a user the number 0 is another thing than the text. */
function literal(kind: LiteralKind, what: "channel" | "user"): string {
  return LITERAL[kind] + (kind === "zero" && what === "user" ? "：它是这个名称的用户账号，而不是 uid 0" : "");
}

/** What stands around a token and was done to it. */
export const WRAPPINGS: typeof WRAPPINGS_IN_ENGLISH = {
  whitespace: "两边有空白",
  quotes: "两边有引号",
  authorization: "前面有鉴权方案（Authorization）",
  json: "外面有 JSON",
  url: "外面有 URL",
  name: "前面有名称",
  words: "两边有其他文本",
  colours: "里面有终端颜色代码",
  invisible: "里面有不可见字符",
  escapes: "里面有字符被反斜杠转义",
  "percent-encoding": "里面有百分号编码的字符",
  entities: "里面有 HTML 实体",
  base64: "它是 Token 的 base64",
  mail: "里面有邮件编码（quoted-printable）",
  "string-parts": "里面有字符串字面量的引号",
  "line-breaks": "里面有换行",
  tags: "里面有 HTML 标签",
  spaces: "加号变成了空格：它在 URL 里没有编码",
  "url-safe-base64": "用了 URL 安全字母表，即 - 和 _ 代替 + 和 /",
  padding: "末尾缺少填充的等号",
};

const UNITS = { day: "天", hour: "小时", minute: "分钟", second: "秒" } as const;

/** A duration in a sentence. */
function inWords(seconds: number): string {
  return inUnits(seconds).map(({ unit, count }) => `${count} ${UNITS[unit]}`).join(" ");
}

/** In what a home-made token differs from an official one. */
const SIGNS: Readonly<Record<HomemadeSign, string>> = {
  "app-id-in-clear": "App ID 像 006 那样明文写在版本号后面，而它应在压缩部分里",
  "url-safe-base64": "base64 用的是带 - 和 _ 的 URL 字母表",
  "hexadecimal": "是十六进制文本，而不是 base64",
  "encoded-twice": "编码或压缩了两次",
  "bytes-as-text": "字节被转成文本又转回来，ASCII 以外的字节都变了",
  "json": "里面是 JSON，而 Token 里没有 JSON",
  "not-compressed": "内容没有压缩",
  "raw-deflate": "是原始 deflate，没有 zlib 头和校验和",
  "gzip": "是 gzip，而不是 zlib",
  "partly-compressed": "只压缩了一部分内容",
  "wrong-checksum": "末尾的校验和不是 zlib 的 Adler-32",
  "compressed": "内容被压缩了，而只有 007 压缩内容",
  "big-endian": "数字是大端序，而不是小端序",
  "lengths-of-32-bits": "长度是 32 位，而不是 16 位",
  "other-order": "字段的顺序不对：签名在前，App ID 在后",
  "other-content": "字段不是这种格式的字段",
  "signature-hexadecimal": "签名是 64 个十六进制字符，而不是 32 个字节",
  "signature-length": "签名不是 32 个字节",
  "key-and-data-exchanged": "HMAC 的密钥和数据颠倒了",
  "hexadecimal-steps": "每一步 HMAC 的结果以十六进制文本传给下一步，而不是字节",
  "no-derivation": "直接用证书签名：没有用时间和盐值派生密钥",
  "other-derivation": "签名密钥由其他值派生，或顺序不对",
  "certificate-decoded": "证书按十六进制解码了，而应直接使用它的 32 个字符",
  "numbers-as-text": "数字以文本签名，而不是字节",
  "other-data": "签名的数据不是这种格式签名的数据",
};

/** One character in a sentence, with its number where it is none of a token. */
const character = (text: string) => /^[!-~]$/.test(text) ? text : characterName(text);

/** What happened to a damaged token. */
function damaged({ edit, at, until, count = 1, character: is, wanted, length }: DamageParams): string {
  const place = at === undefined ? undefined : until === undefined ? `第 ${at} 个字符` : `第 ${at} 到 ${until} 个字符之一`;
  const what = {
    inserted: () =>
      place === undefined ? `多了 ${count} 个字符` : count === 1 ? `${place}是多余的` : `从${place}起，多了 ${count} 个字符`,
    missing: () =>
      `${place === undefined ? "" : `${place}之前`}缺少 ${count} 个字符${wanted === undefined ? "" : `：${wanted}`}`,
    replaced: () =>
      `${place ?? "有一个字符"}被替换了` + (is === undefined ? "" : `：现在是 ${character(is)}`) +
      (wanted === undefined ? "" : `，应为 ${character(wanted)}`),
    case: () =>
      at === undefined
        ? "所有字母都是同一种大小写，而 Token 里两种都有"
        : `第 ${at} 个字符的大小写不对：现在是 ${character(is!)}，应为 ${character(wanted!)}`,
    exchanged: () => `第 ${at} 和第 ${at! + 1} 个字符颠倒了`,
    foreign: () => `第 ${at} 个字符是 ${character(is!)}，任何 Token 里都没有这个字符`,
    unknown: () =>
      at === undefined
        ? "中间有字符丢失或被改动：全部内容都能读出，但校验和不对"
        : `第 ${at} 个字符或它之前有字符丢失或被改动：从那里起无法读出`,
  }[edit]();
  return `Token 已损坏。${what}。${length === undefined ? "" : `完整的 Token 有 ${length} 个字符。`}`;
}

/** The first character in which two names differ. */
function different({ at, expected, actual }: DifferentCharacter): string {
  if (actual === "") return `缺少第 ${at} 个字符 ${characterName(expected)}。`;
  const is = `第 ${at} 个字符是 ${characterName(actual)}`;
  return expected === "" ? `${is}，它是多余的。` : `${is}，应为 ${characterName(expected)}。`;
}

/** A name that does not fit: of a channel or of a user. */
function mismatch(what: "channel" | "user", word: string, nothing: string) {
  return ({ expected, actual, others = [], by, difference, character }: FindingParams["channel-mismatch"]): string => {
    const other = expected === "" ? nothing : quoted(expected);
    if (by === "pattern") {
      const more = difference === undefined ? "" : "如果忽略大小写，它就符合；声网是否区分大小写，没有任何文档说明。";
      return `Token 只适用于符合通配符${quoted(actual!)}的${word}，而${other}不符合。${more}`;
    }
    const kind = difference === "literal" ? literalKind(actual!) : undefined;
    const why = difference === undefined ? "" : kind === undefined ? DIFFERENCES[difference] : `${literal(kind, what)}。`;
    const where = character === undefined ? "" : different(character);
    if (by === "none") return `Token 里没有${word}，所以不适用于${other}。`;
    if (actual === undefined) return `Token 属于另一个${word}，而不是${other}：校验和不同。${why}`;
    if (by === "checksum") {
      const name = actual === "" ? "空文本" : quoted(actual);
      return `Token 属于另一个${word}，而不是${other}：它的校验和是${name}的校验和。${why}${where}`;
    }
    const star = actual.includes("*") ? "* 只在 RTC 和 007 中代表其他字符。" : "";
    return `Token 的${word}是${listed([actual, ...others].map(quoted), "或")}，而不是${other}。${why}${where}${star}`;
  };
}

/** App ID and certificate that were exchanged. */
const CREDENTIALS: Readonly<Record<FindingParams["credentials-exchanged"]["which"], string>> = {
  "both": "App ID 和 App 证书颠倒了：可能在生成 Token 的代码里，也可能在这里填写的内容里。",
  "certificate-is-app-id": "作为 App 证书给出的，正是 Token 里的 App ID：两者弄混了。",
  "app-id-is-certificate": "作为 App ID 给出的，是 App 证书。",
  "signed-with-app-id": "Token 是把 App ID 当作 App 证书来签名的。",
  "certificate-in-token": "Token 里本该是 App ID 的地方，是 App 证书。",
};

const OF_SAMPLES = "声网示例代码公开的";

/** Where a sample's credentials are. */
const SAMPLE: Readonly<Record<FindingParams["sample-credentials"]["which"], string>> = {
  token: `Token 的 App ID 是${OF_SAMPLES} App ID：它不属于任何人的项目。`,
  appId: `所用的 App ID 是${OF_SAMPLES}，而不是 Token 所属项目的 App ID。`,
  certificate: `所给的证书是${OF_SAMPLES}，而不是 Token 所属项目的证书。`,
  signature: `Token 是用${OF_SAMPLES}证书签名的。`,
  both: `Token 的 App ID 和证书是${OF_SAMPLES}：它们不属于任何人的项目。`,
};

/** In what form a certificate made a token. */
const FORMS: Readonly<Record<CertificateForm, string>> = {
  "upper-case": "的字母被写成了大写",
  "lower-case": "的字母被写成了小写",
  "quotes": "两边带了引号",
  "whitespace": "两边带了空白",
  "line-break": "后面带了换行",
  "literal": "被换成了 undefined 之类的文本，程序会为没有赋值的值写出它",
};

/** What stands around a certificate. */
const AROUND: Readonly<Record<CertificateWrapping, string>> = {
  name: "前面有变量名或其他文本",
  quotes: "两边有引号或其他字符",
  whitespace: "两边有空白",
};

/** What each kind of whiteboard token is for. */
const WHITEBOARD: Readonly<Record<FindingParams["text-is-whiteboard-token"]["kind"], string>> = {
  sdk: "用于整个项目 (NETLESSSDK_)",
  room: "用于一个房间 (NETLESSROOM_)",
  task: "用于一个文件转换任务 (NETLESSTASK_)",
};

/** What a message means, and where it has several meanings, the first of them. */
function meant(ids: readonly string[] = []): string {
  const meanings = [...new Set(ids.map(meaningOf))];
  return meanings.slice(0, 5).join("") + (meanings.length > 5 ? `另外还有 ${meanings.length - 5} 种含义。` : "");
}

/** Where the other tokens of a text are. */
function alsoAt(others: readonly TokenPlace[]): string {
  if (others.length === 0) return "";
  const places = others.slice(0, 5).map(({ version, start, end }) => `${version} 在第 ${start + 1} 到 ${end} 个字符`);
  const more = others.length > 5 ? `，另有 ${others.length - 5} 个` : "";
  return `文本里共有 ${others.length + 1} 个 Token；其余的没有诊断：${places.join("，")}${more}。`;
}

/** Which of the certificates given. */
const which = (index: number, certificates: number) =>
  certificates === 1 ? "证书" : `${certificates} 个证书中的第 ${index + 1} 个`;

const UNDOCUMENTED = "没有任何文档说明";

const MESSAGES: Catalogue["messages"] = {
  "unreadable": ({ reason, detail }) => errorSentence({ code: reason, message: detail }),
  "text-cut": ({ length }) => `Token 似乎被截断了：它有 ${length} 个字符，最后一个字段不完整。`,
  "text-altered": ({ by }) =>
    ({
      "percent-encoding": "Token 被百分号编码了：它为了放进 URL 而编码，之后没有解码。",
      "whitespace": "Token 里有空白或换行：加号在 URL 里没有编码，或复制时被换行断开。",
      "url-safe-base64": "Token 用的是 URL 安全字母表：+ 和 / 变成了 - 和 _。",
    })[by],
  "text-masked": ({ at, length }) => `Token 不完整：从第 ${at} 个字符起，有一部分被隐藏或省略，由 ${length} 个字符代替。`,
  "text-damaged": damaged,
  "home-made": ({ version, signs, isRight, certificate }) =>
    `官方代码不会生成这样的 ${version} Token：${signs.map((sign) => SIGNS[sign]).join("；")}。` +
    `${isRight ? "除此之外，内容是对的。" : ""}${certificate === undefined ? "" : "证书是对的。"}` +
    "错在生成 Token 的代码，而不在复制。",
  "text-wrapped": ({ around, start, end, length, others }) => {
    const what = around.map((what) => WRAPPINGS[what]).join("，");
    if (end - start === length) return `这不是 Token 生成时的文本：${what}。`;
    return `这不只是 Token：${what}。Token 是 ${length} 个字符中的第 ${start + 1} 到 ${end} 个。` +
      (length - (end - start) === 1 ? "多了一个字符。" : "") + alsoAt(others);
  },
  "text-is-placeholder": () => "文本是空的，或是占位符，而不是 Token。",
  "text-is-id": ({ id }) => {
    const ids = {
      appId: "给出的 App ID",
      appCertificate: "给出的 App 证书（它只能留在服务端）",
      unknown: " App ID 或 App 证书",
    };
    return `文本是${ids[id]}，而不是 Token。`;
  },
  "text-is-jwt": () => "文本是 JWT (JSON Web Token)：它是其他服务的 Token。",
  "text-is-whiteboard-token": ({ kind }) => `文本是互动白板的 Token，${WHITEBOARD[kind]}：它是另一种格式，有自己的密钥对。`,
  "text-is-error-message": ({ messages }) =>
    "文本里没有 Token：它可能是服务器的响应或错误信息，也可能是没有 Token 的文字或代码。" + meant(messages),
  "text-is-sdk-message": ({ messages }) => `文本里没有 Token：它是 SDK 或 API 的信息。${meant(messages)}`,
  "signature-invalid": ({ certificates, signsNames }) => {
    const names = signsNames ? "：所给的频道名、用户或服务有误，或证书有误" : "";
    return certificates === 1
      ? `Token 不是用这个证书生成的${names}。`
      : `Token 不是用这 ${certificates} 个证书中的任何一个生成的${names}。`;
  },
  "credentials-exchanged": ({ which }) => CREDENTIALS[which],
  "sample-credentials": ({ which }) => SAMPLE[which],
  "certificate-malformed": ({ index, certificates, length, around, made }) =>
    around === undefined
      ? `${which(index, certificates)}不是 32 个十六进制字符：它有 ${length} 个字符${
        length === 32 ? "，但不全是十六进制字符" : ""
      }。`
      : `${which(index, certificates)}不只是证书：${AROUND[around]}。${made ? "去掉之后，正是它生成了 Token。" : ""}`,
  "certificate-altered": ({ index, certificates, form }) =>
    spaced(
      `Token 是用所给的${which(index, certificates)}生成的，但证书${FORMS[form]}：签名用的是证书的文本，每个字符都有影响。`,
    ),
  "certificate-missing": () => "没有证书，无法验证签名。",
  "input-missing": ({ version, inputs }) => `要验证 ${version} Token 的签名，还缺少：${inputs.map(fieldName).join("；")}。`,
  "other-certificate": ({ index, certificates }) => `Token 是用所给 ${certificates} 个证书中的第 ${index + 1} 个生成的。`,
  "app-id-malformed": () => "App ID 不是 32 个十六进制字符。",
  "app-id-mismatch": ({ actual, difference }) =>
    `Token 的 App ID 是 ${actual}，而不是所用的 App ID。${difference === undefined ? "" : DIFFERENCES[difference]}`,
  "expired": ({ expiresAt }) => `Token 已于 ${utc(expiresAt)} 过期。`,
  "expires-soon": ({ expiresAt }) => `Token 即将于 ${utc(expiresAt)} 过期。`,
  "older-than-24-hours": ({ issuedAt }) => `Token 签发于 ${utc(issuedAt)}；声网的 Token 最长有效 24 小时。`,
  "not-yet-valid": ({ notBefore, now }) =>
    `Token 从 ${utc(notBefore)} 起才有效：${
      notBefore - now > 2_592_000 ? "签发它的时钟不对，或把毫秒当成了秒" : "签发它的时钟比本机的时钟快"
    }。`,
  "time-implausible": ({ time, places }) =>
    `${listed(places.map(fieldName))}：时间 ${time} 在 ${new Date(time * 1000).getUTCFullYear()} 年。` +
    "毫秒时间被截成 32 位后，可能就是这样。",
  "lifetime-zero": () => `Token 的有效期是 0 秒。其效果${UNDOCUMENTED}。`,
  "lifetime-over-24-hours": ({ lifetime, milliseconds }) =>
    `Token 的有效期是 ${lifetime} 秒；声网的 Token 最长有效 86400 秒。` +
    (milliseconds ? `它像是以毫秒给出的 ${inWords(lifetime / 1000)}。` : ""),
  "absolute-time-as-duration": ({ seconds, milliseconds, places }) =>
    `${listed(places.map(fieldName))}：时长 ${seconds} 秒像是一个绝对时间${
      milliseconds ? "，可能是毫秒并被截成了 32 位" : ""
    }。`,
  "duration-as-absolute-time": ({ time, places }) =>
    `${listed(places.map(fieldName))}：时间 ${time} 像是一个时长${
      time > 31_622_400 ? "，或是被截成 32 位的毫秒时间" : ""
    }；作为绝对时间，它早已过去。`,
  "privilege-expired": ({ privileges, count, expiresAt, needed }) =>
    `${privilegeNames(privileges, count)}已于 ${utc(expiresAt)} 过期${needed ? "，而这里需要它" : ""}。`,
  "privilege-ends-early": ({ privileges, count, before }) =>
    `${privilegeNames(privileges, count)}比 Token 早 ${before} 秒过期。`,
  "token-ends-before-privilege": ({ privileges, count, before, milliseconds }) =>
    `Token 比${privilegeNames(privileges, count)}早 ${before} 秒过期。` +
    (milliseconds ? "权限的有效期像是以毫秒给出的。" : ""),
  "privilege-zero": ({ privileges, count }) =>
    `${privilegeNames(privileges, count)}的时长是 0 秒，官方生成器默认就这样写。它的含义，声网的文档说法不一。`,
  "channel-mismatch": /* @__PURE__ */ mismatch("channel", "频道", "空频道名"),
  "user-mismatch": /* @__PURE__ */ mismatch("user", "用户", " uid 0（没有给出用户）"),
  "names-exchanged": ({ channel, user, by }) =>
    `Token 里的频道和用户颠倒了：${by === "checksum" ? "按校验和，" : ""}它的频道是${quoted(user)}，用户是${quoted(channel)}。`,
  "join-without-user": ({ actual, by }) => {
    const user = actual === undefined
      ? "某个用户（Token 里只有它的校验和）"
      : by === "pattern"
      ? `符合通配符${quoted(actual)}的用户`
      : `用户${quoted(actual)}`;
    return `Token 属于${user}，而加入频道时没有给出用户 (uid 0)，服务端会另行分配一个。`;
  },
  "uid-out-of-range": ({ given, uid }) =>
    given.startsWith("-") && Number(given) >= -0x8000_0000
      ? `uid ${given} 是有符号数：在 Token 里它是 ${uid}，即同样 32 位的无符号数。`
      : `数字 ${given} 不是 uid：uid 有 32 位，它会被截成 ${uid}。`,
  "uid-against-account": ({ expected, actual, given }) =>
    given === "uid"
      ? `Token 属于用户账号${quoted(actual)}，而所用的是数字 uid ${expected}。`
      : `Token 属于 uid ${actual}，而所用的是用户账号${quoted(expected)}。`,
  "literal-channel": ({ actual, kind }) => `Token 的频道名是文本${quoted(actual)}：${literal(kind, "channel")}。`,
  "literal-account": ({ actual, kind }) => `Token 的用户是文本${quoted(actual)}：${literal(kind, "user")}。`,
  "number-as-account": ({ actual, uid }) =>
    `用户${quoted(actual)}看起来像数字，但不是 uid：它是用户账号。作为 uid 它会是 ${uid}。`,
  "chat-user-uuid": ({ expected, actual }) =>
    `即时通讯 IM 的 Token 属于${quoted(actual)}（看起来是用户的 UUID），而不是用户名${quoted(expected)}。`,
  "rtm-user-elsewhere": ({ expected, place }) =>
    place === "channel"
      ? `Token 用于 RTC，它的频道名是用户${quoted(expected!)}：用于 RTM 的 006 也把用户放在这里，所以它可能可以登录，` +
        "声网的一位维护者这样说过。"
      : place === "nowhere"
      ? `Token 的 RTM 用户是空的，而不是${
        quoted(expected!)
      }。声网的一个示例用这样的 Token 登录；它是否对任意用户有效，${UNDOCUMENTED}。`
      : "Token 没有频道，RTM 用户在用户字段里：官方代码把它写在频道字段里。有人反馈这样的 Token 可以登录。",
  "user-in-channel-field": ({ actual }) => `这个 RTC Token 的频道名是${quoted(actual)}：用户被写进了频道字段。`,
  "relay-source-user": ({ actual }) =>
    `跨频道媒体流转发的源频道 Token 应属于 uid 0；这个 Token 属于${
      actual === undefined ? "某一个用户" : `用户${quoted(actual)}`
    }。`,
  "preload-for-anyone": () => "Token 属于 uid 0，即任意用户；预加载频道需要指明用户的 Token。",
  "account-where-uid-is-needed": ({ actual, intent }) =>
    `Token 属于用户账号${quoted(actual)}；${
      intent === "recording" ? "云端录制" : "跨频道媒体流转发"
    }只接受 uid，即数字，不接受用户账号。`,
  "service-missing": ({ expected, actual }) =>
    spaced(`Token 不能用于 ${serviceNames(expected, "或")}${actual.length === 0 ? "" : `：它用于 ${serviceNames(actual)}`}。`),
  "privilege-missing": ({ privileges, count }) => `Token 缺少${privilegeNames(privileges, count)}。`,
  "publish-privilege-missing": ({ privileges, count }) => `Token 缺少${privilegeNames(privileges, count)}：它是观众的 Token。`,
  "app-level-token": ({ services }) => spaced(`Token 是整个 App 的 ${serviceNames(services)} 管理员 Token。`),
  "wildcard-channel": ({ actual }) => `Token 对任意频道有效：它的频道名${actual === "" ? "为空" : `是${quoted(actual)}`}。`,
  "wildcard-user": ({ actual }) =>
    actual === ""
      ? "Token 对任意用户有效：它的用户是 uid 0。"
      : `Token 对任意用户有效，不论是 uid 还是用户账号：它的用户是文本${quoted(actual)}。`,
  "wildcard-pattern": ({ of, actual, fits }) =>
    `Token 对符合通配符${quoted(actual)}的所有${of === "channel" ? "频道" : "用户"}有效${
      fits === undefined ? "" : `，例如${quoted(fits)}`
    }：每个 * 代表任意个字符，也可以没有。`,
  "wildcard-as-name": ({ of, expected }) =>
    `${of === "channel" ? "频道" : "用户"}不能叫${quoted(expected)}：* 只能用在 Token 里，名称里没有这个字符。`,
  "against-documented-rules": ({ path, expected, actual }) =>
    spaced(`${fieldName(path)}应为 ${wanted(expected)}${actual === undefined ? "" : `，实际为 ${wanted(actual)}`}。`),
  "legacy-format": ({ actual }) => `Token 是旧格式 ${actual}。`,
  "no-service": () => "Token 里没有服务。",
  "unknown-service": ({ type }) => `服务类型 ${type} 未知：它和它后面的内容没有读出。`,
  "trailing-bytes": ({ bytes }) => `最后一个字段后面还有 ${bytes} 个字节。`,
  "text-not-utf8": ({ places }) => `${listed(places.map(fieldName))}的文本不是 UTF-8。`,
  "not-canonical": () => "字段的顺序与官方代码不同，或有字段重复。",
};

const NEW_TOKEN = "请获取新的 Token";

const ADVICE: Readonly<Partial<Record<FindingCode, string>>> = {
  "unreadable": "请向 Token 服务器申请新的 Token，并原样传递它的文本。",
  "text-cut": "请复制整个 Token：双击往往只选中其中一部分。",
  "text-altered": "Token 经过 URL 时，请对它做百分号编码，并解码一次；不要让换行进入 Token。",
  "text-masked": "请在 Token 还完整的地方取得它：在日志或文档截短或隐藏它之前。",
  "text-damaged": "请以文本传递 Token，不要手工输入，也不要经过任何会改动它的环节。",
  "home-made": "请用官方生成器或本库生成 Token。重新申请或重新复制都没有用。",
  "text-wrapped": "请只传递 Token 本身，与生成时一样：把它从其他内容里取出，并还原对它做过的处理。",
  "text-is-placeholder": "加入频道之前，请先获取 Token 并等待它返回。",
  "text-is-id": "请传入 Token；App 证书绝不能到达客户端。",
  "text-is-jwt": "请向声网项目的 Token 服务器申请 Token；这是其他服务的 Token。",
  "text-is-whiteboard-token":
    "它只用于互动白板；其他用途请申请项目的 Token。它的内容以及是否有效，由本库的入口 ./whiteboard 说明。",
  "text-is-error-message": "请先检查 Token 服务器响应的状态码，再使用响应正文。",
  "text-is-sdk-message": "请给出 Token 本身，以便判断是哪一种原因。",
  "signature-invalid": "请在控制台核对 App ID 和 App 证书：Token 是用另一个证书生成的，或被改动过。",
  "credentials-exchanged":
    "请在控制台核对两者，并核对生成器的参数顺序：App ID 在前。如果 App 证书出现在 Token 或客户端里，它就不再是秘密：请在控制台更换它。",
  "sample-credentials": "请始终使用自己项目的 App ID 和 App 证书：示例里的只是例子。",
  "certificate-malformed": "请只传入 App 证书，与控制台显示的一样：32 个十六进制字符，没有名称、等号和引号。",
  "certificate-altered": "请把控制台显示的 App 证书原样交给 Token 服务器：大小写、引号和空白都有影响。",
  "certificate-missing": "请给出 Token 所属项目的 App 证书。",
  "input-missing": "请给出生成 Token 时的频道名、用户或服务：它们参与签名，但不在 Token 里。",
  "other-certificate": "只要两个证书在控制台都已启用（例如更换证书期间），这就没有问题。",
  "app-id-malformed": "请用控制台的 App ID 生成 Token：32 个十六进制字符。",
  "app-id-mismatch": "请始终使用同一个项目：客户端的 App ID 必须是 Token 的 App ID。",
  "expired": `${NEW_TOKEN}并调用 renewToken，或用它重新加入频道或重新登录。`,
  "expires-soon": `${NEW_TOKEN}并调用 renewToken。`,
  "older-than-24-hours": "请在需要时才生成 Token：它必须在签发后 24 小时内使用。",
  "not-yet-valid": "请校准 Token 服务器或本机的时钟。",
  "lifetime-zero": "请用 1 到 86400 秒的有效期生成 Token。",
  "lifetime-over-24-hours": "请以秒为单位，最多 86400，并在到期之前更新 Token。",
  "absolute-time-as-duration": "请给出从现在起的秒数：007 里没有绝对时间。006 的生成器用的是绝对时间。",
  "duration-as-absolute-time": "请给出绝对的 Unix 时间：007 之前的格式里，每个时间都是绝对时间。请把时长加到当前时间上。",
  "privilege-expired": `${NEW_TOKEN}并调用 renewToken。`,
  "time-implausible": "请给出以整秒为单位的 Unix 时间，而不是毫秒：在 JavaScript 里是 Math.floor(Date.now() / 1000)。",
  "token-ends-before-privilege":
    "请给 Token 和它的权限相同的有效期：Token 过期后，用户仍留在频道里，没有任何回调；一旦断开，就无法再加入。",
  "privilege-ends-early": "请在第一个权限过期之前更新 Token。",
  "privilege-zero": "请让权限的有效期与 Token 相同，这样含义才明确。",
  "channel-mismatch": "请加入 Token 所属的频道，或申请这个频道的 Token。",
  "names-exchanged": "请核对生成器的参数顺序：先频道名，后用户。",
  "join-without-user": "请以 Token 所属的用户加入频道，或申请 uid 0 的 Token。",
  "user-mismatch": "请以 Token 所属的用户加入频道，或申请这个用户的 Token。",
  "uid-out-of-range":
    "请用无符号数生成 Token，范围是 1 到 4294967295。Web SDK 只接受这样的数；Java 的 SDK 把它显示为有符号数。",
  "uid-against-account": "请两边都用 uid，或都用用户账号：同一频道的所有用户必须用同一种。",
  "literal-channel": "请检查生成 Token 之前频道名已经赋值，并且是文本。",
  "literal-account": "请检查生成 Token 之前用户已经赋值。uid 要以数字传给生成器：数字 0 代表任意用户，文本 0 不代表。",
  "number-as-account": "请以这个文本作为用户账号加入频道，或用 uid 生成 Token：1 到 4294967295 的整数，只写数字。",
  "chat-user-uuid": "请用用户名生成 Token：即时通讯 IM 的旧文档及其示例服务器用 UUID，新文档用 SDK 登录时的用户名。",
  "rtm-user-elsewhere": `请申请 RTM Token，并按官方代码的方式生成：其他方式是否有效，${UNDOCUMENTED}。`,
  "user-in-channel-field": "请申请 RTM Token：频道名是用户名的 RTC Token 无法登录。",
  "relay-source-user": "除了加入频道用的 Token，请再申请一个源频道、uid 0 的 Token。目标频道另有自己的 Token。",
  "preload-for-anyone": "请用之后加入频道时的 Token、频道名和用户来预加载。",
  "account-where-uid-is-needed": "请申请一个 uid 的 Token：用于录制端，或用于目标频道里的用户。",
  "service-missing": "请申请包含这个服务的 Token。",
  "privilege-missing": "请申请包含这个权限的 Token。",
  "publish-privilege-missing": "请申请主播的 Token。没有开启连麦鉴权时，声网不检查这个权限，所以现在可能能用，以后会失败。",
  "app-level-token": "请把它留在服务端：它是 REST 调用的管理员密钥。给客户端的应是用户 Token。",
  "wildcard-channel": "除非这个用户可以加入项目的所有频道，否则请指明频道名。声网的文档只把这样的 Token 用于观众。",
  "wildcard-user":
    "除非任何得到 Token 的人都可以使用它，否则请指明用户。在 007 里，uid 0 是空文本，用户账号 * 是文本 *：两者都代表任意用户，但预加载频道的 Token 不能是 uid 0。",
  "wildcard-pattern":
    "请只用于观众：发布流的人需要指明频道名和用户的 Token。声网只在 RTC 和 007 的文档里说明了通配符；没有说明是否区分大小写、是否有 ? 或转义、是否与 uid 的数字匹配，也没有说明 RTM、即时通讯 IM、跨频道媒体流转发、云端录制和对话式 AI 引擎是否支持通配符。",
  "wildcard-as-name": "请用完整的频道名和用户名加入：带 * 的 Token 对所有符合的名称有效。",
  "against-documented-rules": "请遵守声网的文档：这样的 Token 可能被拒绝，或以后失效。",
  "legacy-format":
    "新代码请生成 AccessToken2 (007)。支持 007 的 RTC SDK 也支持 006，两种 Token 的用户可以在同一个频道里；即时通讯 IM 和对话式 AI 引擎只有 007。",
  "no-service": "请用至少一个服务生成 Token。",
  "unknown-service": "如果这是新的服务，请更新本工具。",
  "trailing-bytes": "请检查生成 Token 的代码：这些字节不会被读取。",
  "text-not-utf8": "请用 UTF-8 文本作为名称。",
  "not-canonical": "签名仍然有效；生成它的不是官方代码，或是有差异的移植版本。",
};

/** The words of every kind of finding, in Chinese. */
export const CHINESE: Catalogue = { messages: MESSAGES, advice: ADVICE };

/** A finding in Chinese: what it says, what to do, and what is wanted and there where that is words. */
export function findingInChinese(finding: Finding): Finding {
  const say = MESSAGES[finding.code] as (params: unknown) => string;
  const { expected, actual } = finding.params as { expected?: string | readonly string[]; actual?: string | readonly string[] };
  const isRule = finding.code === "against-documented-rules";
  const words = {
    message: say(finding.params),
    advice: ADVICE[finding.code],
    expected: typeof expected === "object" ? expected.join(" 或 ") : isRule ? wanted(expected!) : expected,
    actual: typeof actual === "object" ? actual.join("、") || "无" : isRule && actual !== undefined ? wanted(actual) : actual,
  };
  return { ...finding, ...Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) } as Finding;
}
