// The texts of what one does next with a token, in Simplified Chinese.

import type { N as ENGLISH } from "../en/next_texts.ts";

/** The texts of the actions, in Simplified Chinese. */
export const N: typeof ENGLISH = {
  actions: {
    label: "对这个 Token 可以做什么",
    report: "复制报告",
    share: "复制无害链接",
    compare: "比较",
    edit: "编辑并重新签名",
    code: "代码",
    all: (count) => `列出全部 ${count} 个 Token`,
  },
  panels: {
    compare: "与另一个 Token 比较",
    edit: "编辑并重新签名",
    code: "如何生成这个 Token",
  },

  report: {
    until: (time) => `至 ${time}`,
    nothing: "无",
    foot: (time) => `由 agoratoken 于 ${time} 读取。本报告不含 Token，也不含 App 证书。`,
  },

  share: {
    title: "复制带有此 Token 的本页面网址，但去掉签名：无法用它加入频道。拿到链接的人可以读到其余内容。",
    readable: {
      "007": "App ID、频道和用户仍可读",
      "006": "App ID 以及频道和用户的校验和仍可读",
      other: "App ID 和时间仍可读",
    },
    copied: "已复制链接。其中的 Token 没有签名，无法用它加入频道。",
    unreadable: "本页面的网址中没有由本页面分享的 Token。",
    cannot: "此 Token 有无法重建的部分，因此不能生成链接。",
    defused: {
      title: "不是 Token：仅供阅读的分享",
      text: "分享前，它的签名已替换为零，因此无法用它加入频道。其余内容与原来相同。",
    },
  },

  compare: {
    other: "另一个 Token",
    hint: "一个 Token，或含有 Token 的文本",
    none: "此文本中没有 Token。",
    columns: ["字段", "上方的 Token", "另一个", "差异"],
    same: "相同",
    absent: "—",
    empty: "（空）",
    differences: { differs: "不同", case: "只有大小写或空白字符不同", missing: "只有一个含有" },
    summary: (differing, all) =>
      differing.length === 0
        ? `${all} 个字段全部相同。`
        : `${all} 个字段中有 ${differing.length} 个不同：${
          differing.length > 6 ? `${differing.slice(0, 6).join("、")}……` : differing.join("、")
        }。`,
  },

  edit: {
    lead: "可以更改任何值：Token 随您的输入在本页面内重新签名。编辑过的 Token 不会进入任何链接。",
    certificateHint: "只在本页面内为编辑后的 Token 签名，不会发送或存储。",
    result: "编辑后的 Token",
    copy: "复制编辑后的 Token",
    open: "在“查看”中打开",
    now: "改为现在签发",
    reset: "恢复原样",
    none: "不在 Token 中",
    nothing: "空",
    was: (value) => `原为 ${value}`,
    needsCertificate: "请输入 App 证书，以便为编辑后的 Token 签名。",
    made: "已用您的 App 证书签名。在这里能检查的范围内，它符合声网文档规定的规则。",
    breaks: (rule) => `这违反了声网文档规定的规则，但仍已签名：${rule}。`,
    cannot: (why) => `该格式无法容纳此内容：${why}`,
  },

  code: {
    title: "如何生成这个 Token",
    language: "语言",
    groups: { own: "本库", official: "声网官方代码", client: "客户端：加入频道" },
    install: "安装",
    installOurs: "deno add jsr:@agoratoken/agoratoken   # 或用于 Node 和打包工具：npm install agoratoken",
    notes: "关于这段代码",
    known: "该语言官方代码的已知缺陷",
    source: "来自 AgoraIO/Tools 的 da06bfb8 提交和 npm agora-token 2.0.6；这里不发送任何内容。",
    fromServer: "Token 来自您的服务器：切勿在客户端生成。",
    choose: {
      channel: (pattern) =>
        pattern === undefined || pattern === "*"
          ? "此 Token 可用于任意频道：请选择一个。"
          : "此 Token 可用于符合其通配符的所有频道：请选择一个。",
      user: (pattern) =>
        pattern === undefined || pattern === "*"
          ? "此 Token 可用于任意用户：由 SDK 分配 uid。"
          : "此 Token 可用于符合其通配符的所有用户：请选择一个。",
    },
    noClient: "此 Token 没有可用来加入 RTC 频道的频道和用户。",
    names: "这种格式不含频道和用户：代码中使用的是上方输入的值。",
  },

  ask: {
    code: "用命令发送相同的请求",
    demo:
      "本服务器处于演示模式：它用虚构的凭据签名，生成的 Token 在任何地方都无效。请用您自己的凭据启动它，以生成可用的 Token。",
  },

  batch: {
    inputs: "多个 Token，以及校验它们所需的内容",
    lead: "粘贴含有多个 Token 的列表、日志或 JSON 文件，或将文件拖到这里：每个 Token 占一行。一切都留在本页面内。",
    input: "含有 Token 的文本",
    file: "或选择文件",
    certificateHint: "可选。只在本页面内用于校验签名，不会发送或存储。",
    second: "第二个 App 证书",
    secondHint: "可选：正在更换证书的项目的另一个 App 证书。",
    progress: "已读取的比例",
    cancel: "取消",
    result: "Token 列表",
    sofar: (count) => `目前 ${count} 个 Token……`,
    done: (count, valid) => count === 0 ? "此文本中没有 Token。" : `${count} 个 Token，其中 ${valid} 个真实且在有效期内。`,
    cancelled: (count) => `已取消：前 ${count} 个 Token。`,
    hidden: (count) => `还有 ${count} 行未显示。`,
    open: (place) => `在“查看”中打开第 ${place} 个 Token`,
    columns: {
      place: "序号",
      verdict: "结论",
      format: "格式",
      services: "服务",
      channel: "频道",
      user: "用户",
      expiresAt: "过期时间（UTC）",
      certificate: "App 证书",
      appId: "App ID",
    },
    unchecked: "未校验",
    none: "都不是",
    nth: ["第一个", "第二个"],
    copyCsv: "复制 CSV",
    copyJson: "复制 JSON",
    saveCsv: "保存 CSV",
    saveJson: "保存 JSON",
  },

  learn: {
    tours: "要逐步查看哪个 Token",
    example: "007 的示例",
    own: "您的 Token",
    old: "006 的示例",
    noOwn: "要逐步查看您的 Token，请先在“查看”中粘贴完整的 007 或 006 Token。",
    steps006: [
      {
        title: "前缀和 App ID，均为明文",
        text: "“006”是格式。其后是原样的 App ID：32 个十六进制字符。其余部分是 base64，没有压缩。",
      },
      { title: "签名", text: "一次 HMAC-SHA256 的 32 个字节，以 App 证书为密钥。与 007 不同，前面没有长度。" },
      {
        title: "只有校验和，没有名称",
        text:
          "频道和用户的 CRC-32，而不是名称本身：可以核对已知或猜测的名称，但无法读出名称。用户为 0 或空时，校验和为 0：任意用户。",
      },
      { title: "消息", text: "先是长度，然后是除 App ID、频道和用户之外参与签名的内容。名称参与签名，但不在 Token 中。" },
      {
        title: "盐值和过期时间",
        text:
          "一个随机数和一个 Unix 时间戳。006 中的时间都是绝对时间：3600 这样的时长会被当成 1970 年的时间。官方代码在这里写入 24 小时之后的时间，起作用的是各权限的时间。",
      },
      {
        title: "权限，以及有效到何时",
        text:
          "一对对的权限及其过期的 Unix 时间戳；0 表示没有自己的过期时间。1 允许加入频道，2 至 4 允许发布音频流、视频流和数据流。",
      },
      {
        title: "RTM 登录 Token 形式相同",
        text: "RTM 的 006 用用户账号代替频道，没有用户，权限为 1000。它与同名频道的 Token 只有校验和不同。",
      },
    ],
    map: "什么场景用什么凭据",
    mapText: "声网的凭据不只有 Token。需要保密的凭据留在您的服务器上；Token 在服务器上生成，再发给一个客户端。",
    mapColumns: ["产品", "客户端得到", "您的服务器持有", "说明"],
    credentials: [
      [
        "RTC：音视频通话与直播",
        "App ID，以及频道和用户的 007",
        "App 证书",
        "项目未启用 App 证书时，只用 App ID 即可加入：仅供测试。",
      ],
      ["实时消息 RTM", "App ID，以及用户的 007", "App 证书", "Stream Channel 还需要 RTC Token。只有 RTC Token 不能登录。"],
      [
        "即时通讯 IM",
        "App Key，以及用户名的 007",
        "App 证书",
        "REST 调用使用在服务器上生成的、整个 App 的 007。以 YWMt 开头的是 IM 自己的 REST Token。",
      ],
      [
        "对话式 AI 引擎",
        "与 RTC 和 RTM 相同",
        "App 证书",
        "请求头为“agora token=…”加上 RTC 和 RTM 的 Token，或者用客户 ID 和客户密钥的 Basic 认证。",
      ],
      ["实时转录", "—", "App 证书；客户 ID 和客户密钥", "每个机器人一个 Token，对应频道及其 uid。"],
      [
        "云端录制、旁路推流、输入在线媒体流",
        "—",
        "App 证书；客户 ID 和客户密钥",
        "录制端用对应自己 uid 的 RTC Token 加入；REST 调用用客户 ID 和客户密钥的 Basic 认证。",
      ],
      ["REST API：踢人、频道管理", "—", "客户 ID 和客户密钥", "不是 App 证书，绝不能放在客户端：“Authorization: Basic …”。"],
      ["灵动课堂（aPaaS）", "App ID，以及房间、用户和角色的 007", "App 证书", "一个 Token 同时含有 aPaaS、RTM 和 IM。"],
      [
        "互动白板",
        "App Identifier，以及 NETLESSROOM_… 房间 Token",
        "访问密钥（AK）和私钥（SK）",
        "与声网 Token 完全不同：密钥不同，签名不同，时间以毫秒为单位。",
      ],
      ["控制台的临时 Token", "一个频道的 007", "—", "用于首次测试：有效期 24 小时。"],
    ],
  },
};
