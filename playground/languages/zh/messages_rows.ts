// The table of messages (src/inspect/messages/table.json) in Chinese, by the ids of its rows. The words of the SDKs stay as they are.

/** What a message means, what to do, and what it is not; the last two are left out where they are empty. */
export type Row = readonly [meaning: string, remedy?: string, not?: string];

const NO_TOKEN = "不是 Token 的问题。";
const NO_ERROR = "不是错误。";
const NOTHING = "无需处理。";
const RETRY = "请重试。";
const EXPIRED = "Token 已过期。";
const NAME = "加入频道时，频道名应为 1 到 63 个字节，只用声网允许的 89 个字符。常见的错误是斜杠、表单里首尾的空格，或 null。";
const COMPARE =
  "先核对加入频道时的用户与 Token 的用户，再核对频道、App ID 和证书。控制台的临时 Token 对任意用户有效：如果它可用而自己的不可用，几乎总是用户不同。";
const NO_FIT = "Token 与项目、频道或用户不符，或根本不是 Token；也可能项目没有证书却传了 Token。";
const IN_CHANNEL = "已在频道中、正在加入频道或正在做回声测试时，又调用了 joinChannel。";
const LEAVE = "先离开频道，或等状态变为未连接，再加入频道；停止回声测试。";
const KICKING = "查看项目的封禁规则（GET /dev/v1/kicking-rule）；等规则到期，或删除它。";
const ROLE = "如果开启了连麦鉴权：先用主播的 Token 调用 renewToken，再调用 setClientRole。";
const ONE_PROJECT = "请始终使用同一个项目。";
const ASK = "请联系技术支持。";
const JOIN_AGAIN = "请用新的 Token 重新加入频道。";
const SERVER = "由媒体服务器返回。";
const IN_3 = "3.x 的 join 先传 Token：join(token, channel, uid, …)。";
const NO_SUCH_APP = "服务端没有这个 App ID。";
const APP_ID = "在控制台核对加入频道时的 App ID（项目已禁用、新项目、占位符、空白），再检查 Token。";
const NOT_FIT = "Token 不符。";
const FOURTH =
  "把 Token 的 uid 作为 join 的第四个参数：省略或传 null 时，服务端会分配一个，Token 就属于另一个用户了。再核对频道、App ID 和证书。";
const TOO_OLD = "Token 签发得太早。";
const FRESH = "请在用户加入频道时才生成 Token。几天的有效期没有用：Token 必须在签发后 24 小时内使用。";
const NEW_JOIN = "获取新的 Token 并用它加入频道。调用 renewToken 之后，不要再用第一次加入频道时的 Token。";
const NO_CERTIFICATE = "传了 Token，但项目没有启用证书。";
const ENABLE =
  "在控制台启用主要证书（约五分钟生效），或把 Token 传为 null。如果已启用，那么加入频道时的 App ID 属于另一个项目。";
const WANTS_TOKEN = "没有传 Token，而项目需要 Token。";
const PASS =
  "传入 Token：4.x 是 join(appid, channel, token, uid)。传 null，或在它的位置传 App ID，就是这个结果。3.x 里 Token 是 join 的第一个参数。";
const AREA = "检查区域代码和项目的设置。";
const BAN = "先查封禁规则，再查是否有另一处用同一个 uid 加入。";
const LEFT_30 = "还剩 30 秒。";
const GATEWAY = "与 RTC Web 网关的 5 到 15 是相同的数字。";
const CHECK_APP_ID = "核对 App ID。";
const RTM_TOKEN = "请使用这个用户的 RTM Token：控制台的临时 Token 是 RTC Token。错误码后面的文本说明是四种情况中的哪一种。";
const RTM_NEW = "获取新的 Token，再登录。006 的生成器用的是绝对时间：传时长（如 100000）就是这个结果。";
const LOGIN_CODE = (server: number, login: number) => `服务端错误码 ${server}；在 1.x 里是登录错误 ${login}。`;
const SERVER_CODE = (server: number, code: number) => `服务端错误码 ${server}；返回为 -${code}。`;
const WAIT = "请等待 Token 返回。";
const NOT_LOGGED_IN = "没有登录。";
const NO_ANSWER = "没有响应。";
const DETAIL_5 =
  "查看 detail: 后面的内容：INVALID_USER_ID、NO_AUTHORIZED、INVALID_TOKEN_UID 或 DYNAMIC_ENABLED_BUT_STATIC_KEY。";
const DETAIL_15 =
  "查看 detail: 后面的内容。NO_RTM_PRIVILEGE：这是 RTC Token；请生成含 RTM 的 Token（或用 buildTokenWithRtm）。";
const USER_64 = "1 到 64 个字节，只用允许的字符。";
const LINK_FAILED = "linkState 为 FAILED，operation 为 LOGIN 或 SERVER_REJECT。";
const SIGNALING = "为这个账号生成 SignalingToken (1:appId:expiredTs:md5)；最好升级到 RTM 2.x。";
const CLIENTS_TOKEN = "不是客户端的 Token：这里要用 App 级别的 Token。";
const NETLESS = "Netless Token 是另一种格式：./whiteboard 能读，parseToken 不能。";
const ACTIVATE = "在控制台开通。";
const CORS = "服务器的响应没有允许这个页面的来源。Token 可能就在响应里。";
const ALLOW =
  "在服务器的 CORS 设置里写上页面的来源（本项目的服务器：CORS_ALLOW_ORIGIN）。代理返回的 4xx 或 5xx 没有 CORS 头时也是这样：请用 curl 查看。";

/** The rows by their ids. */
export const ROWS: Readonly<Record<string, Row>> = {
  "rtc-native-101": [
    "创建引擎时的 App ID 无效。",
    "用控制台的 App ID 创建引擎：32 个十六进制字符的文本。",
    "与 Token 无关。App ID 与 Token 的项目不同时是 110 或原因 8，而不是 101。",
  ],
  "rtc-native-102": [
    "加入频道时的频道名为空、过长，或有声网允许的 89 个字符以外的字符。",
    NAME,
    `${NO_TOKEN}在检查 Token 之前就被拒绝。频道名只是与 Token 不同时是 110。`,
  ],
  "rtc-native-109": [
    EXPIRED,
    "获取新的 Token，重新加入频道或调用 renewToken。",
    "即时通讯 IM 的 109 是“即将过期”，不是错误。云端录制的 109 与这里相同。",
  ],
  "rtc-native-110": [NO_FIT, COMPARE, "不是 Token 过期：那是 109。即时通讯 IM 的 110 是参数无效。"],
  "rtc-native-minus-110": [
    "renewToken 立即拒绝了 Token。",
    "用加入频道时的频道和用户申请新的 Token，并先检查 Token 服务器的响应。",
    "renewToken 返回 0 不代表服务端接受了 Token：见 onRenewTokenResult。",
  ],
  "rtc-native-minus-2": [
    "joinChannel、renewToken 或 updatePreloadChannelToken 收到了空 Token、不是整数的 uid 或无效的选项。",
    "等 Token 返回再加入频道；只有项目没有证书时才传 null 或空文本。",
    "SDK 不验证 Token：-2 指参数，而不是签名。",
  ],
  "rtc-native-minus-17": [
    IN_CHANNEL,
    LEAVE,
    `${NO_TOKEN}但它常出现在 Token 错误之后：应用在 110 的处理函数里再次加入频道，第二次调用就返回 -17。`,
  ],
  "rtc-native-17": [`${IN_CHANNEL}由 onError 报告。`, LEAVE, NO_TOKEN],
  "rtc-native-119": ["切换角色被拒绝。", ROLE, "Web SDK 的 119 是另一回事：项目没有证书却传了 Token。"],
  "rtc-native-120": [
    "媒体加密的密钥或盐值与其他用户不同。",
    "频道的所有用户使用同一个密钥和盐值。",
    `${NO_TOKEN}Web SDK 的 120 才是：项目有证书却没有传 Token。`,
  ],
  "rtc-native-121": ["加入频道时的 uid 无效。", "uid 应为 0 到 4294967295。", "uid 只是与 Token 不同时是 110。"],
  "rtc-native-134": ["加入频道时的用户账号为空、过长，或有不允许的字符。", "1 到 255 个字节，只用声网允许的 89 个字符。"],
  "rtc-native-123": ["项目的封禁规则禁止了这个用户、地址或频道。", KICKING, `${NO_TOKEN}换成真实有效的 Token 也没有用。`],
  "rtc-native-silent": [
    "0 只表示调用已被接受。Token 被拒绝会在之后报告：onError 109 或 110，或 onConnectionStateChanged 的原因 8 或 9（状态 FAILED）。",
    "加入频道之前监听这两个事件，并按其内容处理。",
    "它本身不是错误。",
  ],
  "rtc-native-log-vocs": [
    "Native SDK 日志里接入点的响应。其中的数字与 Web 网关的数字相同：9 不符，10 签发得太早，13 已过期，14 传了 Token 但没有启用证书，15 没有传 Token。",
    "在 Web 的 rtc-web-5 到 rtc-web-19 中查这个数字。",
    "它比应用看到的 110 更准确。",
  ],
  "rtc-native-netdns1": [
    "Android 日志里的一行，在这里没有意义，常和 110 一起被贴出来。",
    "忽略它，看 onError 或 onConnectionStateChanged。",
    "不是加入频道失败的原因。",
  ],
  "rtc-native-reason-3": ["封禁规则使用户离开了频道。", KICKING, NO_TOKEN],
  "rtc-native-reason-6": [
    "App ID 无效，或它的项目不存在、未启用。",
    "在控制台核对 App ID；新项目可能需要几分钟。",
    "不是 Token 里的 App ID：它不同时是 8，4.6 起是 renewToken 的 5。",
  ],
  "rtc-native-reason-7": ["频道名无效。", NAME, "不是频道名与 Token 不同。"],
  "rtc-native-reason-8": [NO_FIT, COMPARE, "4.x 的旧文档说是 onError 110；较新的 SDK 报告这个原因，而且可能只报告它。"],
  "rtc-native-reason-9": [
    "Token 已过期；客户端已离开频道。",
    "获取新的 Token，调用 renewToken（会重新连接），或重新加入频道。",
  ],
  "rtc-native-reason-10": ["已加入频道，或在回声测试期间加入。", LEAVE, `${NO_TOKEN}虽然名称像是。`],
  "rtc-native-reason-12": ["因为调用了 renewToken，状态发生了变化。", NOTHING, NO_ERROR],
  "rtc-native-reason-19": [
    "同一个 uid 在另一台设备上加入，使这一个离开了频道。",
    "每台设备用自己的 uid：示例 Token 服务器里写死的 uid 是常见的错误。",
    `${NO_TOKEN}但把同一个 Token 发给所有用户会造成它。`,
  ],
  "rtc-native-reason-22": ["没有文档；SDK 里的名称就有拼写错误。", ASK, "没有迹象表明它与 App 证书有关。"],
  "rtc-native-reason-24": ["没有文档；按名称，App ID 与连接或 Token 的不同。", ONE_PROJECT],
  "rtc-native-renew-0": ["新的 Token 已被接受。", NOTHING],
  "rtc-native-renew-1": ["服务端出错。", "生成新的 Token，再试一次。"],
  "rtc-native-renew-2": ["新的 Token 在传入之前已过期。", "不要把 Token 缓存到有效期之后；核对时钟。", "不是旧 Token 过期。"],
  "rtc-native-renew-3": ["新的 Token 无效。", COMPARE],
  "rtc-native-renew-4": ["新的 Token 属于另一个频道。", "请申请已加入的频道的 Token。"],
  "rtc-native-renew-5": ["新的 Token 属于另一个项目。", ONE_PROJECT, "RTM 1.x 的 renewToken 5 是已过期。"],
  "rtc-native-renew-6": [
    "它被更新的一次 renewToken 取代。",
    "每个事件只调用一次 renewToken；Token 没有失败。",
    "RTM 1.x 的 renewToken 6 是无效；RTM 登录的 6 是已过期。",
  ],
  "rtc-native-will-expire": [
    "加入频道的权限将在 30 秒后过期。",
    "用同样的频道和用户获取 Token，并调用 renewToken（多频道：updateChannelMediaOptionsEx）。",
    `${NO_ERROR}如果 Token 过期而权限不过期（0 或更长），就没有这个回调。`,
  ],
  "rtc-native-request-token": [
    EXPIRED,
    "获取新的 Token；用它重新加入频道，或调用 renewToken：声网较新的参考文档两者都允许。",
    "用之前已过期的 Token 加入频道时，不一定有这个回调：一个 issue（Agora-Flutter-SDK 2061）说什么都没有；请监听原因 9。",
  ],
  "rtc-native-relay-10": [
    "源频道的转发 Token 已过期。",
    "用 uid 0 和源频道生成转发的源 Token，有效期与节目一样长；重新开始转发。",
    "它是另一个 Token：对加入频道的 Token 调用 renewToken 不会更新它。",
  ],
  "rtc-native-relay-11": ["一个目标频道的转发 Token 已过期；所有目标频道的转发都会停止。", "所有目标 Token 用相同的有效期。"],
  "rtc-native-relay-4-5": [
    "转发无法加入源频道 (4) 或目标频道 (5)。",
    "源：源频道、uid 0 的 Token。目标：那个频道和其中设置的 uid 的 Token。不能用字符串用户。",
    "2（没有响应）可能表示这个 App ID 没有开通转发。",
  ],
  "rtc-native-role-failed-2": ["onClientRoleChangeFailed：服务端拒绝了这个角色。", ROLE],
  "rtc-web-5": [NO_SUCH_APP, APP_ID, "声网的文档说，Token 有误时也会出现：所以不只是 App ID。"],
  "rtc-web-7": ["服务端拒绝了频道名。", NAME, "这样的频道名，SDK 自己大多会更早以 INVALID_PARAMS 拒绝。"],
  "rtc-web-9": [NOT_FIT, FOURTH, "不是 Token 过期：那是 10 或 13。也不是没有 Token：那是 15。"],
  "rtc-web-10": [TOO_OLD, FRESH, "不是网络超时。"],
  "rtc-web-11": ["项目或账户未启用。", "在控制台查看项目的状态和账单。", NO_TOKEN],
  "rtc-web-13": [EXPIRED, NEW_JOIN, "重新连接时，SDK 把它变成 token-privilege-did-expire；10 不会。"],
  "rtc-web-14": [NO_CERTIFICATE, ENABLE, "它不表示 Token 有误。"],
  "rtc-web-15": [WANTS_TOKEN, PASS, "一位维护者说：它甚至不表示 Token 有误，因为根本没有 Token。"],
  "rtc-web-16": ["用户过多。", ASK, NO_TOKEN],
  "rtc-web-18": ["项目不允许这个区域。", AREA, NO_TOKEN],
  "rtc-web-19": ["这个区域没有服务。", AREA, NO_TOKEN],
  "rtc-web-gateway-other": [
    "接入点返回了错误；最后一个冒号后面的文本说明是哪一个。",
    "看最后一个 message: 后面的文本。只有 5、9、10、13、14 和 15 与 Token 有关。",
    "只看名称，不能说明是 Token 的问题，也不能说明是网络的问题。",
  ],
  "rtc-web-suid-1": ["把字符串用户转成数字的服务没有这个 App ID。", `${APP_ID}用户是文本时，最先出现的是这个错误。`],
  "rtc-web-suid-2": ["字符串用户被拒绝。", "1 到 255 个字符，只用声网允许的 89 个 ASCII 字符。"],
  "rtc-web-params-token": [
    "join 或 preload 的 Token 是 undefined、空文本、0 或 false。",
    "等待 Token 返回；项目没有证书时传 null。Token 服务器的响应里，它的字段名可能与所读的不同（token、rtcToken、key、data.token …）。",
    "文本里的错误（don not）是 SDK 的。",
  ],
  "rtc-web-params-length": [
    "Token 或 App ID 不是文本、为空、超过 2047 个字符，或不是 ASCII。",
    "只传 Token 的文本。",
    "很少是 Token 过长；更常见的是传了整个 JSON 响应。",
  ],
  "rtc-web-params-channel": [
    "SDK 拒绝了频道名。",
    "这里是 1 到 64 个允许的字符（共 89 个）；Token 生成器是 63 个。",
    "不能有斜杠、引号、反斜杠、带重音的字母或表情符号。",
  ],
  "rtc-web-params-uid": [
    "SDK 拒绝了 uid。",
    "0 到 4294967295 的整数，或 1 到 255 个 ASCII 字符。",
    "文本里的范围不对：代码检查的是 0 到 4294967295。",
  ],
  "rtc-web-renew-before-join": [
    "不在频道里时调用了 renewToken，例如在 token-privilege-did-expire 之后。",
    "did-expire 之后客户端已离开频道：请用新的 Token 重新加入。",
    "不是新 Token 的问题。",
  ],
  "rtc-web-unexpected-110": [
    "媒体服务器拒绝了 Token：在 renewToken、切换角色或加入频道时。",
    "用加入频道时的用户申请新的 Token：uid 由服务端分配时，用 client.uid。另一种用户（文本与数字）的 Token 在这里也会被拒绝。",
    "加入频道时，4.23 及以后的版本显示为 dynamic key expired (rtc-web-token-expire)。",
  ],
  "rtc-web-token-expire": [
    "加入频道时，媒体服务器返回 110（未授权）。SDK 把这样的响应都称为过期。",
    "不要只看这个词：除了过期时间，也要检查 Token 的用户和频道。",
    "与 rtc-web-13 不同，只是借用了它的文本。",
  ],
  "rtc-web-disconnect-token": [
    "connection-state-change 变为 DISCONNECTED，因为 Token 过期（或加入频道时是 110，如 rtc-web-token-expire）。",
    JOIN_AGAIN,
  ],
  "rtc-web-did-expire": [
    "Token 已过期；SDK 已离开频道。",
    "获取 Token，再加入频道（并重新发布）。这时调用 renewToken 已太迟。",
    "与 Native 不同：在那里 renewToken 可能还有用。",
  ],
  "rtc-web-will-expire": [LEFT_30, "获取 Token，再调用 client.renewToken。", NO_ERROR],
  "rtc-web-renew-failed": ["renewToken 被拒绝；SDK 保留旧的 Token。", "看后面的错误；旧 Token 过期之前频道不受影响。"],
  "rtc-web-ticket": [
    "renewToken：接入点拒绝了新的 Token。方括号里的数字是 2010005 到 2010019 之一。",
    "取最后两位：09 同 rtc-web-9，13 同 rtc-web-13，依此类推。",
  ],
  "rtc-web-109": [TOO_OLD + SERVER, FRESH],
  "rtc-web-118": [EXPIRED + SERVER, NEW_JOIN],
  "rtc-web-119": [NO_CERTIFICATE + SERVER, ENABLE, "Native 的 119 是切换角色被拒绝。SDK 自己的名称有拼写错误。"],
  "rtc-web-120": [WANTS_TOKEN + SERVER, PASS, "Native 的 120 是解密失败。SDK 自己的名称有拼写错误。"],
  "rtc-web-101": [NO_SUCH_APP + SERVER, APP_ID],
  "rtc-web-2013": [NO_SUCH_APP + SERVER, APP_ID],
  "rtc-web-2018": [
    "不允许切换角色。",
    '先用主播的 Token 调用 renewToken，再调用 setClientRole("host")。',
    "SDK 用 2017 (ERR_SET_CLIENT_ROLE_TIMEOUT) 的文本描述 2018：请看 data.code。",
  ],
  "rtc-web-14-banned": [
    "uid 被封禁规则禁止；或同一个 uid 在别处加入。",
    BAN,
    "4.24 也把原因 UID_BANNED 用于 ERR_REPEAT_JOIN_CHANNEL (2003)，那不是封禁。",
  ],
  "rtc-web-15-16-banned": ["地址或频道被封禁规则禁止。", BAN, NO_TOKEN],
  "rtc-web-gateway-k": [
    "媒体服务器的 2、3、4、7：接入点由 Token 生成的凭证已过期 (2) 或无效 (3、4、7)。",
    JOIN_AGAIN,
  ],
  "rtc-web-2024": ["SDK 自己用于重新连接的短期凭证无效。", "请重新加入频道。", "不是应用的 Token。"],
  "rtc-web-2003-uid": ["这个 uid 已在频道里。", "每台设备一个 uid。", NO_TOKEN],
  "rtc-web-relay": [
    "转发的 Token 已过期，或转发无法加入频道。",
    "源 Token：uid 0 和源频道。目标 Token：那里设置的 uid 和那个频道。",
    "…JOIN_SEC 是 SDK 对 JOIN_SRC 的拼写。",
  ],
  "rtc-web3-2010005": [NO_SUCH_APP, APP_ID + IN_3],
  "rtc-web3-2010009": [
    NOT_FIT,
    FOURTH + IN_3,
    "Web SDK 2.9.0 会以 NO_AUTHORIZED 拒绝字符串用户的正确 Token：这是缺陷（Tools issue 32）。",
  ],
  "rtc-web3-2010010": [TOO_OLD, FRESH + IN_3],
  "rtc-web3-2010013": [EXPIRED, NEW_JOIN + IN_3],
  "rtc-web3-2010014": [NO_CERTIFICATE, ENABLE + IN_3],
  "rtc-web3-2010015": [WANTS_TOKEN, PASS + IN_3],
  "rtm1-login-1": ["未知：SDK 不知道原因。", RETRY],
  "rtm1-login-2": [
    "服务端拒绝了。",
    "看文本里的服务端错误码。有一份反馈（AgoraIO/RTM issue 191）里，Token 是控制台的临时 Token，它用于 RTC。",
  ],
  "rtm1-login-3": [
    "参数有误；在 Web 上也可能是用户与 Token 不同（服务端错误码 7）。",
    "用 Token 所属的用户登录；1 到 64 个字节。",
    "不只是参数的格式。",
  ],
  "rtm1-login-4": ["没有这个 App ID，或它的项目未启用（服务端错误码 5 和 11）。", CHECK_APP_ID, "不是 101，也不是 5。"],
  "rtm1-login-5": [
    "Token 不符；或需要 Token 而没有传；或不需要而传了（服务端错误码 9、12、14、15）。",
    RTM_TOKEN,
    "renewToken 的 5 是已过期。",
  ],
  "rtm1-login-6": ["Token 已过期（服务端错误码 10 和 13）。", RTM_NEW, "renewToken 的 6 是无效。"],
  "rtm1-login-7": ["登录未授权。Web SDK 1.5.1 有这个名称，但从不使用。", "为项目开通实时消息。"],
  "rtm1-login-8": ["已登录。", "请先登出。", NO_TOKEN],
  "rtm1-login-9": [NO_ANSWER, "检查网络或区域。", NO_TOKEN],
  "rtm1-login-10": ["一秒内登录超过两次。", "请放慢。", NO_TOKEN],
  "rtm-server-5": [LOGIN_CODE(5, 4), CHECK_APP_ID, GATEWAY],
  "rtm-server-7": [LOGIN_CODE(7, 3), "用 Token 的用户登录，每个字符都要相同。", "在 RTC Web 里 7 是频道名。"],
  "rtm-server-9": [LOGIN_CODE(9, 5), "在 1.x 里，几乎总是把 RTC Token 用于 RTM；其次是证书有误。", GATEWAY],
  "rtm-server-10": [LOGIN_CODE(10, 6), RTM_NEW, GATEWAY],
  "rtm-server-11": [LOGIN_CODE(11, 4), CHECK_APP_ID, GATEWAY],
  "rtm-server-12": [LOGIN_CODE(12, 5), "用真实的用户 ID 生成 Token，而不是 0 或空文本。", GATEWAY],
  "rtm-server-13": [LOGIN_CODE(13, 6), RTM_NEW, GATEWAY],
  "rtm-server-14": [LOGIN_CODE(14, 5), "启用证书，或不用 Token 登录。", GATEWAY],
  "rtm-server-15": [LOGIN_CODE(15, 5), "请传入 Token：项目需要它。", GATEWAY],
  "rtm1-renew-1": ["失败，或 20 秒内没有响应。", RETRY],
  "rtm1-renew-2": ["新的 Token 为空，或不是文本。", WAIT],
  "rtm1-renew-3": ["保留：SDK 有这个名称，没有说明原因。"],
  "rtm1-renew-4": ["一秒内调用超过两次。", "每个事件调用一次。"],
  "rtm1-renew-5": ["新的 Token 已过期。", "请获取新的 Token。", "与登录相反：登录的 5 是无效。"],
  "rtm1-renew-6": ["新的 Token 无效，或 App ID 无效。", RTM_TOKEN, "与登录相反：登录的 6 是已过期。"],
  "rtm1-renew-102": [NOT_LOGGED_IN, "用新的 Token 登录。", "在 Web 1.5.1 里，状态为 ABORTED 之后 renewToken 不再返回。"],
  "rtm1-event-9": [
    "Token 已过期；连接为 ABORTED。",
    "登出，获取 Token，再登录。",
    "SDK 的文本说 banned：它指 Token 已过期 (2)，而不是封禁 (14、15、16)。它的注释说只在重新连接时出现；代码表明任何时候都会出现。",
  ],
  "rtm1-event-will": [LEFT_30, "获取 Token，再调用 renewToken。", NO_ERROR],
  "rtm1-event-7": ["14 是用户，15 是地址，16 是频道。", "请查封禁规则。"],
  "rtm1-event-8": ["同一个用户在别处登录。", "每台设备一个 ID。", NO_TOKEN],
  "rtm2-10003": [
    "App ID 格式不对、未知或未启用；或项目没有证书却传了 Token（服务端错误码 5、11、14）。",
    "看 reason 里 detail: 后面的内容。DYNAMIC_KEY_NOT_ENABLED 表示：启用证书，或不用 Token 登录。",
    "在 1.x 里，服务端错误码 14 是 INVALID_TOKEN (5)；在 2.x 里是这个。",
  ],
  "rtm2-10005": [
    "Token 不符或缺少（服务端错误码 7、9、12、15；凭证错误码 4、7、17 到 20）。",
    DETAIL_5,
    "RTC Token 不是这个错误，而是 -10015 (NO_RTM_PRIVILEGE)。",
  ],
  "rtm2-10006": ["实例的用户 ID 不被允许。", USER_64, "用户与 Token 不同时是 -10005。"],
  "rtm2-10009": ["Token 已过期（服务端错误码 10、13；凭证错误码 2）。", "获取 Token，再登录。"],
  "rtm2-10012": ["登录被拒绝，原因不是有自己错误码的那些。", "看服务端错误码。"],
  "rtm2-10015": [
    "实时消息没有开通或套餐已用完 (26)；或 Token 没有 RTM 权限 (21)，或没有任何权限 (20)。",
    DETAIL_15,
    "即使问题在 Token，文本也说是项目。",
  ],
  "rtm2-10016": ["Token 的 App ID 与实例的不同（服务端错误码 23）。", ONE_PROJECT],
  "rtm2-10025": ["没有连接，例如 Token 过期之后。", "请重新登录。"],
  "rtm2-10002": [NOT_LOGGED_IN, "先登录，并等它完成。", "拼写是 SDK 的。"],
  "rtm2-10026": [NO_ANSWER, "在过期之前再试一次。"],
  "rtm2-10027": ["一个页面里有两个实例。", "登出第一个。", NO_TOKEN],
  "rtm2-11007": ["加入 Stream Channel 失败。", "Stream Channel 需要那个频道和这个用户的 RTC Token，而不是登录用的 RTM Token。"],
  "rtm2-11033": [
    "接收方没有登录；在对话式 AI 引擎的客户端里：智能体没有加入。",
    "看启动智能体的响应。",
    "不是发送方 Token 的问题。",
  ],
  "rtm2-11038": [
    "Token 的 permissions 不包括这个频道。",
    "用包括这个频道的 permissions 生成 RTM2 服务。",
    "-11039 是发布，-12020 是存储，-14010 是锁，-15006 是历史消息，情况相同。",
  ],
  "rtm2-server-20": [SERVER_CODE(20, 10015), "用 RTM 服务及其登录权限生成 Token。"],
  "rtm2-server-21": [SERVER_CODE(21, 10015), "申请 RTM Token，或同时含两者的 Token。"],
  "rtm2-server-23": [SERVER_CODE(23, 10016), ONE_PROJECT],
  "rtm2-server-26": [SERVER_CODE(26, 10015), "在控制台开通实时消息。"],
  "rtm2-userresp": [
    "登录的第二步失败：2 是已过期；4、7、17、18、19、20 是凭证无效；10022 是控制台没有开通实时消息。",
    "同 RTM 2.x 的 -10009 (2)、-10005（其他凭证）和 -10015 (10022)。",
  ],
  "rtm2-link-token-expired": [
    LINK_FAILED,
    "登出，获取新的 Token，再登录。旧的实例不能靠 renewToken 恢复。",
    "声网的文档把原因称为 Ticket expired；SDK 2.3.0 是 Token expired，reasonCode 为 TOKEN_EXPIRED。",
  ],
  "rtm2-link-invalid-token": [LINK_FAILED, DETAIL_5],
  "rtm2-link-inconsistent-app-id": [LINK_FAILED, ONE_PROJECT],
  "rtm2-link-login-not-authorized": [LINK_FAILED, DETAIL_15],
  "rtm2-link-invalid-user-id": [LINK_FAILED, USER_64],
  "rtm2-link-same-uid-login": [LINK_FAILED, "先询问用户，再登录。", NO_TOKEN],
  "rtm2-link-kicked-out-by-server": [LINK_FAILED, "请查封禁规则；2.3 起也可能是授权被收回。"],
  "rtm2-token-event": [
    "还剩 30 秒（RTM Token，或所指 Stream Channel 的 RTC Token）；或读取权限被收回。",
    "renewToken(token)；Stream Channel 则用 RTC Token 调用 renewToken(token, {channelName})。",
    NO_ERROR,
  ],
  "rtm2-stream-unknown": [
    "加入 Stream Channel 失败，没有原因。",
    "Stream Channel 需要那个频道和这个用户的 RTC Token。",
    "与登录的 Token 无关，它已被接受。",
  ],
  "rtm2-stream-renew": ["Stream Channel 的 renewToken 被拒绝。", "请传入那个频道和用户的 RTC Token。"],
  "iot-rtm-109-110": [
    "RTM 用 RTC 的数字报告 Token：110 是无效，109 是已过期。",
    `同 RTM 1.x 的登录错误 5 和 6：${RTM_TOKEN}`,
    "在这里，RTM 使用 109 和 110。",
  ],
  "signaling-204": ["SignalingToken 已过期。", SIGNALING],
  "signaling-206": ["SignalingToken 无效。", SIGNALING],
  "signaling-105": ["SignalingToken 在会话期间过期。", SIGNALING, "RTC 的 105 是另一回事。"],
  "signaling-207": ["更新的 SignalingToken 在别处登录。", SIGNALING],
  "signaling-202": ["被拒绝。", SIGNALING],
  "chat-native-100": ["App Key (org#app) 无效。", "即时通讯 IM 用 App Key 初始化，Token 用 App ID 生成。", "不是 App ID。"],
  "chat-native-102": ["密码为空或有误。", "用 loginWithToken (loginWithAgoraToken)，而不是密码登录。", "RTC 的 102 是频道名。"],
  "chat-native-104": [
    "Token 为空或无效。",
    "需要这个用户 ID 的即时通讯 IM 用户 Token，来自 App Key 所属的项目。",
    "RTC 的 104 是查询超时。",
  ],
  "chat-native-108": [EXPIRED, "获取新的 Token，重新登录。"],
  "chat-native-109": [
    "Token 的有效期已过一半。",
    "用新的 Token 调用 renewToken。",
    `${NO_ERROR}也不是 RTC 的 109。是有效期的一半，而不是 30 秒。`,
  ],
  "chat-native-110": ["有参数无效。", undefined, "不是 RTC 的 110。"],
  "chat-native-202": [
    "鉴权失败：Token 无效或已过期。",
    "同即时通讯 IM 的 104 和 108：需要这个用户 ID 的、未过期的即时通讯 IM 用户 Token；用户必须已在即时通讯 IM 中注册。",
  ],
  "chat-native-204": [
    "即时通讯 IM 里没有这个用户。",
    "请先注册用户：Token 不会创建用户。",
    `${NO_TOKEN}但用正确的 Token 登录未注册的用户会得到它。`,
  ],
  "chat-native-218": ["另一个用户已登录。", "请先登出。"],
  "chat-native-events": [
    "Token 即将过期（有效期已过一半），或已过期。",
    "调用 renewToken；或重新登录。",
    "RTC 提前 30 秒提醒，即时通讯 IM 的 Web SDK 在剩余五分之一时提醒。",
  ],
  "chat-web-28": ["没有 Token；或不是这个用户的 Token。", "传入 agoraToken：open 的用户的即时通讯 IM 用户 Token。"],
  "chat-web-56": [EXPIRED, "用新的 Token 重新调用 open。"],
  "chat-web-2": ["鉴权失败：App Key 有误，或服务端的其他响应。", "核对 App Key，再核对 Token。"],
  "chat-web-1": ["调用 open 时，Token 不是文本。", WAIT],
  "chat-web-700": ["REST 部分没有 App Key 或 Token。", "请先登录。"],
  "chat-web-204": ["即时通讯 IM 里没有这个用户。", "请注册用户。", NO_TOKEN],
  "chat-web-39": [NOT_LOGGED_IN, "请重新调用 open。"],
  "chat-web-events": ["有效期还剩五分之一；或已过期，SDK 关闭连接。", "调用 renewToken；或重新调用 open。"],
  "chat-rest-401-1": ["注册用户时没有正确的 App Token。", "以 Bearer 发送 App Token（而不是用户 Token）。", CLIENTS_TOKEN],
  "chat-rest-401-2": ["App Token 已过期或缺少。", "请获取新的 App Token。", CLIENTS_TOKEN],
  "chat-rest-401-3": ["文本不是 Token。", "Bearer 和空格之后只发送 Token。"],
  "chat-rest-401-4": ["不是这个服务器的 Token：属于另一个项目，或是用户 Token。", "请用 org 和 app 名称所指项目的 App Token。"],
  "rec-109": [
    "录制端的 RTC Token 已过期。",
    "给 start 的 Token 应比录制更长，或更新它；Token 中途过期会停止录制。",
    "它是 start 正文里的 Token (clientRequest.token)，而不是 Authorization 头。",
  ],
  "rec-110": [
    "录制端的 RTC Token 无效。",
    "用 cname 以及 acquire 和 start 的 uid 生成：它自己的整数，在 JSON 里写成文本。",
    "用户自己的 Token 不行：录制端是另一个用户。",
  ],
  "rec-432": ["有参数无效，或 acquire 与 start 的 App ID、频道或 uid 不同。", "两处使用相同的三个值。", NO_TOKEN],
  "rec-433": ["resource ID 已超过五分钟。", "请重新调用 acquire。", "不是 Token 过期。"],
  "rec-435": [
    "没有录到内容：没有人发布流；或录制端没有加入频道。",
    "先检查有人发布流，再检查录制端的 Token：加入频道失败也是这个结果。",
  ],
  "rec-no-users": [
    "频道在 maxIdleTime 内没有用户。",
    "录制端和用户应在同一个项目的同一个频道，频道名的每个字符都要相同。",
    `按位：2 信号，4 没有用户，16 已离开。它本身${NO_TOKEN}`,
  ],
  "rec-404": ["任务已结束（也可能是加入频道失败之后），或 URL 有误。", "查看 start 的录制端之前报告的内容。"],
  "rec-53": ["同样的 cname 和 uid 已在录制。", "换一个 uid，并用它的 Token。"],
  "rest-401-basic": [
    "Authorization 头缺少或有误。",
    "用 Basic 加客户 ID 和客户密钥（id:secret 的 base64），属于 App ID 所在的账户；前面要写 Basic。",
    "与 App 证书和 RTC Token 无关，除非允许使用 `agora token=`。",
  ],
  "rest-400-appid": ["这个 App ID 没有开通此服务，或 App ID 有误。", ACTIVATE, NO_TOKEN],
  "rest-400-noactive": ["账户或项目未启用，例如欠费之后。", "请查看账户。"],
  "convoai-401": [
    "Authorization 头没有被接受。",
    "发送 `Authorization: agora token=<token>`，Token 同时用于 RTC 和 RTM (buildTokenWithRtm)，对应 properties.channel 和 properties.agent_rtc_uid；或用 Basic。",
    "头里的 Token 和 properties.token 是两处；它们可以是同一个 Token。",
  ],
  "convoai-403": ["项目没有开通对话式 AI 引擎，或账户已停用。", ACTIVATE, NO_TOKEN],
  "convoai-appid": [
    "请求所到的服务没有这个 App ID：区域不对（全球或中国），或没有开通对话式 AI 引擎。",
    "agora.io 的项目用 api.agora.io，shengwang.cn 的项目用 api.sd-rtn.com。",
  ],
  "convoai-409": ["同名的智能体正在运行。", "请换一个名称。", NO_TOKEN],
  "convoai-404": [
    "智能体没有加入或已离开，例如它的 Token 被拒绝或过期之后。",
    "核对 properties.token 与频道和 agent_rtc_uid；用更新接口更新它。",
    "start 返回 200 不能证明智能体加入了频道。",
  ],
  "convoai-silent": [
    "start 返回了 200，但没有出现智能体，或它听不到用户。",
    "Token 属于智能体自己的 uid；remote_rtc_uids 里有用户的 uid；智能体和用户的 uid 不同。",
  ],
  "stt-body-token": [
    "HTTP 206：机器人所在的频道没有人发布流；机器人的 Token 被拒绝时也是这样。",
    "subBotUid 用 subBotToken，pubBotUid 用 pubBotToken，两者都属于 channelName。",
  ],
  "stt-builder-token": [
    "与 acquire 的 builderToken (tokenName) 有关，它的有效期是五分钟。",
    "请重新调用 acquire。",
    "builderToken 与声网的 Token 格式不同：本项目不能读它。",
  ],
  "rtm-rest": [
    "请求的凭证无效。",
    "见该接口的文档：用 Basic，较旧的接口用 x-agora-token 和 x-agora-uid。",
    "403：App ID 有误，或没有开通实时消息。",
  ],
  "whiteboard-1": [
    "不是 Netless Token：前缀不对，或有空白。",
    "NETLESSSDK_、NETLESSROOM_ 或 NETLESSTASK_，没有空白。声网的 007 Token 不行。",
    NETLESS,
  ],
  "whiteboard-2": ["它已过期。", "请换一个新的。", NETLESS],
  "whiteboard-3": ["不是用项目的密钥签名的。", "请用互动白板的 AK 和 SK，而不是 App ID 和 App 证书。", NETLESS],
  "whiteboard-4": ["是另一个房间的房间 Token。", "用这个房间的 UUID 生成。", NETLESS],
  "whiteboard-5": ["是另一个任务的任务 Token。", "用这个任务的 UUID 生成。", NETLESS],
  "whiteboard-6": ["角色过低（用 reader 调用 writer 的接口）。", "请申请 writer 或 admin 的 Token。", NETLESS],
  "whiteboard-7": ["项目已禁用或已删除。", "请查看控制台。", NETLESS],
  "dynkey-names": [
    "Token 已过期 (109、118) 或无效 (110)，用的是当时的名称：Channel Key 即 Token。",
    "请升级到当前的 SDK 和 007。",
  ],
  "http-cors-chrome": [CORS, ALLOW, `${NO_TOKEN}也与声网的服务无关。`],
  "http-cors-preflight": [
    "POST 或带头的请求之前的 OPTIONS 请求失败：有重定向（末尾的斜杠）、没有 OPTIONS 路由，或有不允许的头。",
    "每个路由都响应 OPTIONS，允许 Authorization 和 Content-Type，不要重定向。",
  ],
  "http-cors-firefox": [CORS, ALLOW],
  "http-fetch-failed": [
    "没有可读的响应：无法连接、CORS、混合内容或地址有误。",
    "在浏览器里打开这个地址。在模拟器或手机上，localhost 是设备自己：Android 模拟器用 10.0.2.2，手机用电脑的地址。",
    "不是声网的错误。",
  ],
  "http-cleartext": ["明文 http 被拒绝。", "用 https；或为开发设置例外。"],
  "http-not-json": [
    "响应是 HTML 页面或纯文本，而不是 JSON。",
    "读取之前先检查状态码。有些 Token 服务器本来就返回纯文本：那就按文本读取。",
  ],
  "http-undefined": [
    "读错了字段：各服务器的字段名是 token、rtcToken、rtmToken、key、data.token、rtc_token。",
    "请读取所用服务器文档里的字段。",
  ],
  "http-401": [
    "Token 服务器需要密钥或登录。",
    "按服务器的访问文件发送 API 密钥或 JWT；不是 App 证书。",
    "不是声网的 401 (rest-401-basic)。",
  ],
  "http-404-405": ["路径或方法不对：声网的 Go 指南只响应 POST，其他都返回 404。", "请用服务器文档里的方法和路径。"],
  "http-500-credentials": [
    "示例服务器没有 App ID 或证书。",
    "在它的环境变量里设置两者。`Need to set …` 写在日志里，不会发给客户端。",
  ],
  "http-empty-token": [
    "App ID 或证书不是 32 个十六进制字符时，生成器返回空文本：没有错误。",
    "生成之前，在服务端检查两者。",
    "客户端随后报告 110、-2，或 Web 的 INVALID_PARAMS。",
  ],
  "http-bad-request-token": [
    '指南里的服务器把错误写进 token 字段：{"code":"400","token":"Bad request."}。',
    "先检查 code，再读 token。",
    "用它加入频道会得到 110。",
  ],
  "build-legacy-import": [
    "旧的包 (006) 与新的包 (007) 名称不同。",
    "用 agora-token，或本库；注意 006 用绝对时间，007 用时长。",
  ],
};
