import type {
  WhiteboardFinding,
  WhiteboardFindingCode,
  WhiteboardParams,
  WhiteboardSigning,
} from "../../../src/whiteboard/mod.ts";
import { errorSentence } from "./errors.ts";

// What is found about tokens of the Interactive Whiteboard, in Chinese: src/whiteboard/findings.ts has the English.

/** A kind of finding: what it says, and what to do. */
type Row<Params> = readonly [message: (params: Params) => string, advice: string];

const utc = (moment: number) => new Date(moment).toISOString().replace("T", " ").replace(/\.\d+Z/, " UTC");

/** Why a token cannot be read, by the end of the English sentence. */
const REASONS: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/a character outside base64 after (\d+) characters of it$/, "在 base64 的 $1 个字符之后有不属于 base64 的字符"],
  [/a length that base64 does not have/, "base64 的长度不对，例如没有完整复制"],
  [/bytes that are not UTF-8$/, "有不是 UTF-8 的字节"],
  [/a key twice$/, "有重复的键"],
  [/no keys of such a token$/, "没有互动白板 Token 的键"],
  [/broken percent-encoding$/, "百分号编码不完整"],
  [/more than (\d+) characters$/, "超过 $1 个字符"],
];

/** Why a token cannot be read. */
function unreadable(reason: string): string {
  for (const [english, chinese] of REASONS) {
    const found = english.exec(reason);
    if (found !== null) return `无法读取这个互动白板 Token：${chinese.replace("$1", found[1] ?? "")}。`;
  }
  return errorSentence({ message: reason });
}

const KINDS = { sdk: "整个项目", room: "一个房间", task: "一个文档转换任务" };

/** How ports of netless-token sign otherwise. */
const PORTS: Readonly<Record<WhiteboardSigning, string>> = {
  "insertion-order": "2024 年 3 月之前的 C# 版本没有给键排序，据报告服务会拒绝它",
  "number": "PHP、Python 或 Ruby 版本的角色传了数字，应为文本",
  "empty-omitted": "Go 或 PHP 版本的 access key、角色或 uuid 为空，只签了名而没有写入",
  "null-omitted": "Java 版本的角色或 uuid 为 null，作为文本签了名而没有写入",
  "null": "Python 或 Ruby 版本的角色或 uuid 为 None 或 nil",
  "ascii": "Python、PHP 或 C# 版本在签名前转义了 ASCII 以外的字符",
  "php": "PHP 版本在签名前转义了斜杠",
  "unescaped": "Go 或 Java 版本在签名前没有转义引号、反斜杠和控制字符",
  "question-marks": "C# 版本把 ASCII 以外的字符签成了问号",
  "secret-question-marks": "C# 版本把 secret key 中 ASCII 以外的字符当成了问号",
};

/** Every finding. */
const CATALOGUE: { readonly [Code in WhiteboardFindingCode]: Row<WhiteboardParams[Code]> } = {
  "unreadable": [({ reason }) => unreadable(reason), "请复制完整的 Token，从 NETLESS 到最后一个字母。"],
  "text-around": [
    ({ what }) => `Token 两边有${what === "quotes" ? "引号" : "空白"}。`,
    "请只传 Token 本身：REST API 的响应是 JSON 文本，需要解析。",
  ],
  "not-canonical": [() => "这不是生成器为其内容写出的文本：它被改动或截断，或者添加了填充。", "请原样使用 Token。"],
  "field-missing": [({ field }) => `Token 没有 ${field}。`, "请复制完整的 Token；如果已经完整，请给生成器传入所有参数。"],
  "role-unknown": [
    ({ isWord }) => isWord ? "角色是单词，而 Token 中应为数字。" : "角色不是 0（admin）、1（writer）或 2（reader）。",
    "请用 0（admin）、1（writer）或 2（reader）生成：只有 REST API 用单词。",
  ],
  "signature-malformed": [
    ({ length }) => length === 64 ? "签名不是小写的十六进制字符。" : `签名有 ${length} 个字符，应为 64 个十六进制字符。`,
    "请复制完整的 Token，不要改动任何字母。",
  ],
  "expiry-in-seconds": [
    ({ expireAt }) => `Token 已于 ${utc(expireAt)} 过期：时间的单位是秒，应为毫秒。`,
    "请给生成器传入以毫秒为单位的有效期，由它计算时间。",
  ],
  "expiry-joined": [
    ({ digits }) => `过期时间有 ${digits} 位数字，毫秒应为 13 位：它实际上永不过期。`,
    "有效期请传数字：JavaScript 版本会把文本拼接到时间之后。",
  ],
  "expiry-malformed": [() => "过期时间不是以毫秒为单位的整数。", "请给生成器传入以毫秒为单位的整数。"],
  "expired": [
    ({ expireAt, now }) => `Token 已于 ${utc(expireAt)} 过期，现在是 ${utc(now)}。`,
    "请获取新的 Token：已在房间中的用户不受影响。",
  ],
  "never-expires": [
    () => "Token 永不过期：只有禁用密钥对才能使它失效，其他 Token 也会随之失效。",
    "请设置以毫秒为单位的有效期。",
  ],
  "lifespan-short": [({ lifespan }) => `Token 的有效期只有 ${lifespan} 毫秒。`, "有效期的单位是毫秒：3600000 是一小时。"],
  "uuid-unexpected": [
    () => "Token 用于整个项目，却写有房间或任务：前缀可能被换过。",
    "房间 Token 的前缀是 NETLESSROOM_，任务 Token 的前缀是 NETLESSTASK_。",
  ],
  "kind-mismatch": [
    ({ expected, actual }) => `Token 用于${KINDS[actual]}，应用于${KINDS[expected]}。`,
    "请生成这一类的 Token：更换前缀会使它变成另一个 Token。",
  ],
  "uuid-mismatch": [
    () => "Token 用于另一个房间或任务。",
    "请用此 uuid 生成 Token：否则服务会以“token access room forbidden”拒绝。",
  ],
  "access-key-mismatch": [() => "Token 的 access key 与所给的不同。", "请使用创建该房间的项目的密钥对。"],
  "nonce-address": [
    () => "nonce 中含有生成 Token 的机器的硬件地址。",
    "如果不希望别人看到，请使用随机的 nonce：Python 和 Ruby 版本会写入地址。",
  ],
  "whole-project": [() => "Token 用于整个项目。", "请把它保存在服务器上，给客户端房间 Token。"],
  "signature-mismatch": [
    () => "Token 不是由此 secret key 签发的，或者被改动过。",
    "请使用与 Token 的 access key 对应的 Secret Key（SK）：它不是 App 证书。",
  ],
  "signed-otherwise": [
    ({ signing }) => `Token 由此 secret key 签发，但签名方式有已知缺陷：${PORTS[signing]}。`,
    "请使用修复后的版本，或者只用字母和数字，角色用文本：服务是否接受这样的 Token 尚不清楚。",
  ],
};

/** A finding in Chinese. */
export function whiteboardInChinese(finding: WhiteboardFinding): WhiteboardFinding {
  const [message, advice] = CATALOGUE[finding.code] as Row<object>;
  return { ...finding, message: message(finding.params), advice };
}
