import type { AgoraTokenErrorCode } from "../../../src/errors.ts";
import { spaced } from "./words.ts";

// What the library refuses, in Chinese. Its errors have a code and one English sentence; the sentences have few forms.

/** What each code says, where the sentence is not known. */
export const CODES: Readonly<Record<AgoraTokenErrorCode, string>> = {
  "invalid-type": "值的类型不对",
  "invalid-value": "值不在允许的范围内，或格式不对",
  "unknown-field": "有未知的字段，或参数过多",
  "unknown-format": "文本不是任何已知格式的 Token",
  "malformed-base64": "base64 部分不规范",
  "malformed-zlib": "压缩部分不是一个完整的 zlib 流",
  "malformed-field": "有字段包含不允许的字符，或最后一个字段后面还有字符",
  "truncated": "内容在字段中间结束，例如 Token 没有完整复制",
  "too-large": "内容超过了上限",
  "crypto-unavailable": "缺少加密功能",
  "token-unavailable": "Token 服务器没有返回 Token",
  "unauthorized": "调用方没有通过鉴权",
  "forbidden": "服务器不生成这样的 Token，或不为此调用方生成",
  "too-many-requests": "此调用方的请求过多",
  "service-unavailable": "服务器依赖的服务无法连接",
  "request-timeout": "请求正文没有及时到达",
  "content-too-large": "请求正文过大",
  "unsupported-media-type": "请求正文的类型不是 JSON",
};

/** What is wanted or there, by its form in English; `$1` and so on are values. */
const PHRASES: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^(\d+) (?:bytes|B)$/, "$1 个字节"],
  [/^(\d+) characters$/, "$1 个字符"],
  [/^(\d+) names at most$/, "最多 $1 个名称"],
  [/^at most (\d+) bytes$/, "最多 $1 个字节"],
  [/^(\d+) to (\d+) bytes long$/, "$1 到 $2 个字节"],
  [/^a whole number from (-?\d+) to (-?\d+)$/, "$1 到 $2 的整数"],
  [/^a duration of (\d+) to (\d+) seconds$/, "$1 到 $2 秒的时长"],
  [/^(\d+), which looks like an absolute time: give the seconds from now$/, "$1，它像是绝对时间：请给出从现在起的秒数"],
  [/^(\d+) characters that are not all hexadecimal$/, "$1 个字符，但不全是十六进制字符"],
  [/^(\d+) hexadecimal characters$/, "$1 个十六进制字符"],
  [/^(\d+) lower-case hexadecimal characters$/, "$1 个小写十六进制字符"],
  [/^(\d+) hexadecimal characters and a colon$/, "$1 个十六进制字符加冒号"],
  [/^(\d+) digits, at most (\d+)$/, "$1 位数字，最大 $2"],
  [/^a decimal number up to (\d+) and a colon$/, "最大 $1 的十进制数加冒号"],
  [/^made of letters, digits, space, comma and (.*)$/, "只含字母、数字、空格、逗号和 $1 的文本"],
  [/^a user id that does not start with a space$/, "不以空格开头的用户 ID"],
  [/^the name of a user$/, "用户的名称"],
  [/^at least one service$/, "至少一个服务"],
  [/^a list without a second (.*)$/, "没有第二个 $1 的列表"],
  [/^one rtc or one rtm service in a token of version 006$/, "一个 rtc 或一个 rtm 服务（006 的 Token）"],
  [/^a name without \* in a token of version 006$/, "不带 * 的名称（006 的 Token）"],
  [/^small enough for a (?:payload|token) of (\d+) (?:bytes|characters)$/, "更少的内容：上限是 $1"],
  [/^true, or absent$/, "true，或不给出"],
  [/^a number or one of (.*)$/, "数字，或其中之一：$1"],
  [/^a number from (\d+) to (\d+), (.*)$/, "$1 到 $2 的数字，或其中之一：$3"],
  [/^one of (.*)$/, "其中之一：$1"],
  [/^a number$/, "数字"],
  [/^a string$/, "文本"],
  [/^an object$/, "对象"],
  [/^an array$/, "数组"],
  [/^a value of type (\w+)$/, "$1 类型的值"],
  [/^nothing$/, "没有值"],
  [/^none$/, "无"],
  [/^a character outside the base64 alphabet$/, "有 base64 字母表以外的字符"],
  [/^its length or padding is wrong, as when a token was not copied whole$/, "长度或填充不对，例如 Token 没有完整复制"],
  [/^stray bits in the last character$/, "最后一个字符有多余的位"],
  [/^no zlib header$/, "没有 zlib 头"],
  [/^it is damaged$/, "它已损坏"],
  [/^(\d+) bytes follow its end$/, "它的末尾之后还有 $1 个字节"],
];

/** Whole sentences by their form in English; groups are phrases where they are known as such, or else values. */
const SENTENCES: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^("[^"]*") must be absent where ("[^"]*") is given$/, "给出 $2 时，不能给出 $1"],
  [/^("[^"]*") must be given once, by name or by number$/, "$1 重复：只能给出一次，用名称或数字"],
  [/^("[^"]*") must be (.*), got (.*)$/s, "$1应为 $2，实际为 $3"],
  [/^("[^"]*") must be (.*)$/s, "$1应为 $2"],
  [/^Missing ("[^"]*") or ("[^"]*")$/, "缺少 $1 或 $2"],
  [/^Missing ("[^"]*")$/, "缺少 $1"],
  [/^Unknown field ("[^"]*"): wanted (.*)$/, "未知字段 $1：应为 $2"],
  [/^("[^"]*") has an unknown name: wanted (.*)$/, "$1 的名称未知：应为 $2"],
  [/^The text is no Agora token; tried: .*$/s, "文本不是声网的 Token：已尝试 007、006、005、004、003、002、001 和信令的格式"],
  [/^The token is not canonical base64: (.*), at character (\d+)$/, "Token 的 base64 在字符 $2 处不规范：$1"],
  [/^The compressed part is not one whole zlib stream: (.*)$/, "压缩部分不是一个完整的 zlib 流：$1"],
  [/^The compressed part ends early, as when a token was not copied whole$/, "压缩部分提前结束，例如 Token 没有完整复制"],
  [
    /^The content ends inside ("[^"]*") at byte (\d+): (\d+) bytes are wanted, (\d+) are left$/,
    "内容在 $1 中间结束（字节 $2 处）：需要 $3 个字节，只剩 $4 个",
  ],
  [/^("[^"]*") at byte (\d+) must be (.*)$/, "$1（字节 $2 处）应为 $3"],
  [/^(\d+) bytes follow the last field at byte (\d+)$/, "最后一个字段之后（从字节 $2 起）还有 $1 个字节"],
  [/^The content has (\d+) bytes, more than (\d+)$/, "内容有 $1 个字节，超过了 $2 个"],
  [/^The content inflates to more than (\d+) bytes$/, "内容解压后超过 $1 个字节"],
  [/^WebCrypto is missing: serve the page over https or from localhost$/, "缺少 WebCrypto：请通过 https 或 localhost 打开页面"],
];

/** What is wanted, or is there instead; a value that is no known phrase stays as it is. */
export function wanted(english: string): string {
  const found = PHRASES.find(([form]) => form.test(english));
  return found === undefined ? english : english.replace(found[0], found[1]);
}

/**
 * What an error says, without the full stop at its end. The name of its field stays in straight quotes, so that the page can put the
 * field's label in its place.
 *
 * @returns The Chinese sentence; where there is none for it, what the code says, with the English original.
 */
export function errorInChinese({ code, message }: { readonly code?: AgoraTokenErrorCode; readonly message: string }): string {
  for (const [form, chinese] of SENTENCES) {
    const values = form.exec(message);
    if (values !== null) return spaced(chinese.replace(/\$(\d)/g, (_, group) => wanted(values[Number(group)]!)));
  }
  return code === undefined ? `英文原文：${message}` : `${CODES[code]}（英文原文：${message}）`;
}

/** The same as a sentence. */
export function errorSentence(error: { readonly code?: AgoraTokenErrorCode; readonly message: string }): string {
  return `${errorInChinese(error)}。`;
}
