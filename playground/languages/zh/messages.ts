import type { Cause, Explanation, MessageFacts } from "../../../src/inspect/messages/mod.ts";
import { TABLE } from "../../../src/inspect/messages/table.ts";
import { ROWS } from "./messages_rows.ts";

// What SDKs, APIs and token servers say, in Chinese: src/inspect/messages has the English.

/** The products of the table, where they have another name in Chinese. */
export const PRODUCTS: Readonly<Record<string, string>> = {
  "Chat": "即时通讯 IM",
  "token server": "Token 服务器",
  "Cloud Recording": "云端录制",
  "Whiteboard": "互动白板",
  "ConvoAI": "对话式 AI 引擎",
  "Signaling (before RTM)": "旧版信令",
  "STT": "实时转录",
  "builders": "生成器",
};

/** The SDKs and APIs of the table, where their English has words. */
export const SDKS: Readonly<Record<string, string>> = {
  "native and its wrappers: Android, iOS, macOS, Windows, Unity, Unreal, Electron, React Native, Flutter":
    "Native 及其封装：Android、iOS、macOS、Windows、Unity、Unreal、Electron、React Native、Flutter",
  "Web (agora-rtc-sdk-ng), agora-rtc-react, Flutter and Unity on the web":
    "Web (agora-rtc-sdk-ng)、agora-rtc-react、Flutter 和 Unity 的 Web 版",
  "RTM 2.x (Web agora-rtm-sdk 2.x and agora-rtm 2.x; native 2.x has the same numbers)":
    "RTM 2.x（Web agora-rtm-sdk 2.x 和 agora-rtm 2.x；Native 2.x 的数字相同）",
  "RTM 1.x (Web agora-rtm-sdk 1.x; Android, iOS, C++, Linux Java, Flutter, React Native 1.x)":
    "RTM 1.x（Web agora-rtm-sdk 1.x；Android、iOS、C++、Linux Java、Flutter、React Native 1.x）",
  "Chat native: Android, iOS, Windows, Unity, Flutter, React Native":
    "Native：Android、iOS、Windows、Unity、Flutter、React Native",
  "Web (agora-rtm-sdk 1.x and 2.x; agora-rtm 2.x)": "Web（agora-rtm-sdk 1.x 和 2.x；agora-rtm 2.x）",
  "Chat Web (agora-chat)": "Web (agora-chat)",
  "white-web-sdk, Fastboard, REST": "white-web-sdk、Fastboard、REST",
  "Web (agora-rtc-sdk 3.x and agora-rtc-sdk-ng)": "Web（agora-rtc-sdk 3.x 和 agora-rtc-sdk-ng）",
  "browser or app asking a token server": "向 Token 服务器发请求的浏览器或应用",
  "agora-signaling SDK 1.x": "agora-signaling SDK 1.x",
  "Chat REST": "REST",
  "REST and callbacks": "REST 和回调",
  "RTM 2.x native and Flutter": "RTM 2.x Native 和 Flutter",
  "IoT and RTSA SDK": "IoT 和 RTSA SDK",
  "REST, HTTP 206": "REST，HTTP 206",
  "callback 41 recorder_leave": "回调 41 recorder_leave",
  "REST, HTTP 404": "REST，HTTP 404",
  "REST, HTTP 400": "REST，HTTP 400",
  "Cloud Recording, STT, Channel Management, ConvoAI with Basic": "云端录制、实时转录、频道管理、用 Basic 的对话式 AI 引擎",
  "Cloud Recording, STT": "云端录制、实时转录",
  "Cloud Recording": "云端录制",
  "Agora's demo servers and REST": "声网的演示服务器和 REST",
  "clients": "客户端",
  "Signaling REST": "实时消息 REST",
  "SDKs of the channel key (Native before 2.1, Web before 2.4)": "使用 Channel Key 的 SDK（2.1 之前的 Native，2.4 之前的 Web）",
  "Android, iOS": "Android、iOS",
  "this project's server, and others that want a login": "本项目的服务器，以及其他需要登录的服务器",
  "others": "其他",
  "Agora's samples": "声网的示例",
  "every server on the official builders": "所有使用官方生成器的服务器",
  "Agora's Go guides": "声网的 Go 指南",
  "npm agora-access-token, agora-token": "npm agora-access-token、agora-token",
};

const FROM_CODE = "来自代码";
const DOCUMENTED = "有文档";

/** How sure the table is. */
export const CERTAINTY: Readonly<Record<string, string>> = {
  "documented": DOCUMENTED,
  "from the code": FROM_CODE,
  "documented; the server codes from the Web code": `${DOCUMENTED}；服务端错误码来自 Web 代码`,
  "from the code; 9 and 15 also from issues": `${FROM_CODE}；9 和 15 也来自 issue`,
  "from the code and issues": `${FROM_CODE}和 issue`,
  "from the code and documented": `${FROM_CODE}，并${DOCUMENTED}`,
  "from the code; numbers documented": `${FROM_CODE}；数字${DOCUMENTED}`,
  "well known": "众所周知",
  "from issues": "来自 issue",
  "numbers from the SDK; 22 and 24 are undocumented there": "数字来自 SDK；其中 22 和 24 没有文档",
  "status documented; the token as cause inferred": `状态码${DOCUMENTED}；Token 是原因系推断`,
  "certain": "确定",
  "documented; the project's own order, after issues": `${DOCUMENTED}；原因的顺序由本项目按 issue 排列`,
  "number documented; the cause inferred from the co-host page": `数字${DOCUMENTED}；原因由连麦鉴权的文档推断`,
  "one report, of 15; that the numbers are the Web's is inferred": "有一份反馈（15）；数字与 Web 相同系推断",
  "maintainer's word": "维护者的说法",
  "numbers documented; the token as cause inferred": `数字${DOCUMENTED}；Token 是原因系推断`,
  "number documented; cause inferred": `数字${DOCUMENTED}；原因系推断`,
  "from the code; the order from issues": `${FROM_CODE}；顺序来自 issue`,
  "text from the code; that 10 is the 24-hour rule and 13 the expiry is inferred from issues 86, 134 and 245, documented nowhere":
    "文本来自代码；10 是 24 小时规则、13 是过期，由 issue 86、134 和 245 推断，没有文档",
  "text from the code; meaning from Cloud Recording's page": "文本来自代码；含义来自云端录制的文档",
  "documented (as 119)": `${DOCUMENTED}（作为 119）`,
  "documented (as 120)": `${DOCUMENTED}（作为 120）`,
  "text from an issue, number from the code; the causes inferred": "文本来自 issue，数字来自代码；原因系推断",
  "from the code; cause inferred": `${FROM_CODE}；原因系推断`,
  "2 documented; 3, 4, 7 from the names only": `2 ${DOCUMENTED}；3、4、7 只来自名称`,
  "text from an issue; the causes inferred": "文本来自 issue；原因系推断",
  "status documented; the project's own order": `状态码${DOCUMENTED}；原因的顺序由本项目排列`,
  "from samples": "来自示例",
  "401 documented; headers from older docs, not checked": `401 ${DOCUMENTED}；头来自旧文档，没有验证`,
  "the Web names from the code; the Native names unverified": "Web 的名称来自代码；Native 的名称没有验证",
  "well known; wording of browsers changes": "众所周知；浏览器的措辞会变",
  "names checked for 2.0.6 only": "名称只在 2.0.6 中验证过",
};

/** A cause: what is wrong, and what to do where that depends on the cause alone. */
type CauseWords = readonly [says: string, advice?: string];

/** The causes that are about a token or its server, by their codes. */
export const CAUSES: Readonly<Record<string, CauseWords>> = {
  "absolute-time-as-duration": ["Token 的某个时长被给成了绝对时间"],
  "against-documented-rules": ["名称、uid 或用户账号不符合声网的文档"],
  "app-id-malformed": ["App ID 不是 32 个十六进制字符"],
  "app-id-mismatch": ["Token 属于另一个项目，与所用的 App ID 不同"],
  "app-level-token": ["Token 是整个 App 的管理员 Token，而不是用户的"],
  "certificate-malformed": ["App 证书不是 32 个十六进制字符"],
  "certificate-missing": ["Token 服务器没有 App 证书"],
  "channel-mismatch": ["Token 属于另一个频道"],
  "duration-as-absolute-time": ["007 之前的 Token 的绝对时间被给成了时长"],
  "expired": ["Token 已过期"],
  "expires-soon": ["Token 即将过期"],
  "legacy-format": ["Token 是 007 之前的格式"],
  "lifetime-over-24-hours": ["Token 的有效期超过了声网允许的 24 小时"],
  "lifetime-zero": ["Token 的有效期是 0 秒"],
  "literal-account": ["用户是 undefined 或 null 之类的文本"],
  "no-service": ["Token 里没有服务"],
  "older-than-24-hours": ["Token 签发于 24 小时之前"],
  "privilege-expired": ["Token 的某个权限已过期"],
  "privilege-missing": ["Token 缺少所需的权限"],
  "publish-privilege-missing": ["Token 没有发布流的权限，是观众的 Token"],
  "relay-source-user": ["跨频道媒体流转发的源频道 Token 不属于 uid 0"],
  "service-missing": ["Token 用于另一个服务，例如 RTC 而不是 RTM"],
  "signature-invalid": ["Token 是用另一个 App 证书生成的，或被改动过"],
  "text-altered": ["Token 在传递中被改变：为 URL 编码，或被换行断开"],
  "text-cut": ["Token 被截断：没有完整复制或保存"],
  "text-is-error-message": ["把 Token 服务器的错误信息或响应当作 Token 传入"],
  "text-is-id": ["把 App ID 或 App 证书当作 Token 传入"],
  "text-is-placeholder": ["没有传 Token，或传了占位符：空文本、undefined 或示例的文本"],
  "text-wrapped": ["Token 两边有其他内容：引号、空白、JSON"],
  "uid-against-account": ["Token 属于数字 uid，而用户是用户账号，或相反"],
  "unreadable": ["Token 无法读取"],
  "user-in-channel-field": ["用户被写进了 RTC Token 的频道字段"],
  "user-mismatch": ["Token 属于另一个用户"],
  "wildcard-channel": ["Token 对任意频道有效"],
  "wildcard-user": ["Token 对任意用户有效，以致多台设备使用同一个 uid"],
  "argument-order": [
    "Token 在调用的另一个参数里，服务端收不到 Token 或收到错误的文本",
    "请对照参考文档：Web 4.x 是 join(appid, channel, token, uid)，Web 3.x 是 join(token, channel, uid)。Native 的顺序又不同。",
  ],
  "authorization-scheme": [
    "REST 调用的头没有写服务端需要的方案",
    "请发送 Authorization: agora token=<token>，或用 Basic 加客户 ID 和客户密钥。",
  ],
  "certificate-not-enabled": [
    "项目没有启用 App 证书，服务端不接受任何 Token",
    "请在控制台启用主要证书并等待五分钟，或不用 Token 加入频道。",
  ],
  "clock-behind": [
    "Token 服务器的时钟慢了，新的 Token 的签发时间在过去",
    "请用 NTP 校准服务器的时钟：有效期从服务器的时间算起。",
  ],
  "join-without-user": [
    "Token 有用户，而加入频道时没有传用户，服务端会另行分配一个",
    "加入频道时请传 Token 的 uid 或用户账号，或用 uid 0 生成 Token。",
  ],
  "project-suspended": ["项目或账户已禁用、欠费或已删除", "请查看控制台：换 Token 没有用。"],
  "project-unknown": [
    "服务端没有这个 App ID 的项目，或它在另一个区域或控制台",
    "请从同一服务的控制台重新复制 App ID：Agora 和声网是分开的。",
  ],
  "renew-out-of-channel": [
    "在加入频道或登录之前、离开之后，或在不会响应的状态下调用了 renewToken",
    "请用新的 Token 加入频道或登录。",
  ],
  "rest-credentials": [
    "REST 调用的客户 ID 和客户密钥有误、颠倒或没有 base64 编码，或需要 Basic 时发送了 Token",
    "请发送 Authorization: Basic base64(key:secret)。App ID 和证书是另外的东西。",
  ],
  "rtm2-permission-missing": ["RTM 2.x Token 的 permissions 不包括这个频道或操作", "请向 Token 服务器申请这项权限。"],
  "service-not-enabled": ["项目没有开通此产品", "请在控制台开通。"],
  "text-is-netless-token": [
    "文本是互动白板的 Token（NETLESSSDK_、NETLESSROOM_、NETLESSTASK_），是另一种格式",
    "它只用于互动白板。",
  ],
  "token-server-cors": [
    "浏览器没有交出 Token 服务器的响应 (CORS)",
    "请让服务器为页面的来源发送 Access-Control-Allow-Origin，并响应 OPTIONS。",
  ],
  "token-server-not-json": ["Token 服务器的响应是 HTML 或文本，而不是 JSON", "请检查路径：它往往是前端首页的路径。"],
  "token-server-refused": ["Token 服务器返回了 401、403、404、405 或 429", "请发送它的密钥，并使用它的方法和路径。"],
  "token-server-unreachable": [
    "没有响应：主机有误、手机上用了 localhost，或 http 被禁止",
    "请使用设备能访问的地址，并用 https。",
  ],
  "user-banned": ["封禁规则 (REST) 使用户、地址或频道离开", "请查询并删除规则：规则有效时，新的 Token 没有用。"],
};

/** The causes in which no token is at fault, by their codes. */
export const NOT_A_TOKEN: Readonly<Record<string, CauseWords>> = {
  "account": ["调用的用户账号无效"],
  "already-closed": ["连接之前已关闭"],
  "already-joined": ["已加入频道"],
  "already-logged-in": ["已有用户登录"],
  "app-id": ["调用的 App ID 有误"],
  "app-key": ["即时通讯 IM 的 App Key 有误"],
  "area": ["不允许这个区域，或它没有服务"],
  "builder-token": ["实时转录的 builderToken 有问题，它的有效期是五分钟"],
  "channel-name": ["调用的频道名无效"],
  "encryption-key": ["加密的密钥或盐值与其他用户不同"],
  "internal-ticket": ["SDK 自己保存的凭证已无效"],
  "limit": ["达到了上限"],
  "name-in-use": ["名称已被使用"],
  "network": ["网络故障"],
  "no-publisher": ["没有人发布流"],
  "noise": ["这一行没有意义"],
  "parameter": ["调用的某个参数无效"],
  "password": ["密码有误"],
  "rate": ["调用过于频繁"],
  "receiver-offline": ["接收方没有登录"],
  "region": ["请求到了另一个区域"],
  "relay-not-enabled": ["项目没有开通跨频道媒体流转发"],
  "remote-rtc-uids": ["remote_rtc_uids 里没有这个用户"],
  "resource-id": ["resource ID 在五分钟后过期了"],
  "same-user-twice": ["同一个用户加入或登录了两次"],
  "service": ["服务端故障"],
  "service-or-network": ["服务端或网络故障"],
  "task-over": ["任务已结束"],
  "uid": ["调用的 uid 无效"],
  "user-id": ["调用的用户 ID 无效"],
  "user-not-registered": ["用户没有注册"],
};

/** What a row means, with its product, as a finding says it. */
export function meaningOf(id: string): string {
  const product = TABLE.find((row) => row.id === id)?.product ?? "";
  return `${PRODUCTS[product] ?? product}：${ROWS[id]?.[0] ?? id}`;
}

/** The facts of a row in Chinese. */
export function rowInChinese<Row extends MessageFacts>(row: Row): Row {
  const [meaning, remedy = "", not = ""] = ROWS[row.id]!;
  const { product, sdk, certainty } = row;
  return {
    ...row,
    product: PRODUCTS[product] ?? product,
    sdk: SDKS[sdk] ?? sdk,
    certainty: CERTAINTY[certainty]!,
    meaning,
    remedy,
    not,
  };
}

/** A row with its causes in Chinese. */
export function explanationInChinese(row: Explanation): Explanation {
  return { ...rowInChinese(row), causes: row.causes.map(causeInChinese) };
}

function causeInChinese(cause: Cause): Cause {
  const [says, advice] = (cause.kind === "not-a-token" ? NOT_A_TOKEN : CAUSES)[cause.code]!;
  return { ...cause, says, ...(advice === undefined ? {} : { advice }) };
}
