// What to know about the official builders, in Chinese: playground/calls/official_calls.json has the English.

/** The words of a language's official code. */
export interface CallWords {
  /** About the package or folder. */
  readonly note: string;
  /** About single builders, by their names. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Where a builder makes another token than those of the other languages, by its name. */
  readonly warnings?: Readonly<Record<string, string>>;
  /** What is known to be wrong, in the order of the English. */
  readonly faults: readonly string[];
}

const WHOLE = "下面的代码使用 AccessToken2，生成完整的 Token。";
const ROOM_USER = `这个生成器漏掉了 APaaS 的权限 1 (roomUser)，并把角色 0 写成 -1。${WHOLE}`;
const CHAT = `这个生成器没有给 Chat 服务任何权限，并且丢掉了作为其用户的 MD5 的前导零。${WHOLE}`;
const SYSTEM_BYTE = `这个生成器把 System.Byte[] 写成 Chat 的用户，而不是 MD5。${WHOLE}`;
const SWAPPED = "这个生成器的角色颠倒了：SUBSCRIBER 也能发布，ATTENDEE 只能加入频道。下面的代码使用效果正确的那个角色。";
const UID_0 = "uid 0 被写成用户“0”，而不是任意用户：任意用户请传 ''。";
const NEW_IN_2_0_6 = "2.0.6 起才有。";
const MD5 = "还需要编译 cpp/src/md5/md5.cpp。";
const NO_006 = "没有 006。";

const room = (words: string) => ({ "apaas.buildRoomUserToken": words, "education.buildRoomUserToken": words });

/** The words of each language, by its key. */
export const CALLS: Readonly<Record<string, CallWords>> = {
  go: {
    note: "这个模块没有版本标签：go get 使用默认分支的伪版本。",
    faults: ["调用方转换类型 (uint32) 时，uid 和 expire 会悄悄回绕。", "65,536 字节及以上的文本会生成损坏的内容。"],
  },
  python: {
    note:
      "PyPI 上没有官方包。请复制 AgoraIO/Tools 的 DynamicKey/AgoraDynamicKey/python3/src（文件夹可以改名：模块之间用相对路径导入）。PyPI 的 agora-token-builder 1.0.0 (AgoraIO-Community/python-token-builder) 按其页面只生成 006；PyPI 的 agoraiotools 重新打包了这个文件夹，发布者不明。",
    faults: [
      "AccessToken(app_id, cert, 3600)：第三个位置参数是 issue_ts，Token 的签发时间会在 1970 年，有效期 900 秒；请用名称传 expire。",
      "对同一个 AccessToken 第二次调用 build() 返回空文本。",
      "uid -1 变成文本“-1”。",
      "RtcTokenBuilder、RtmTokenBuilder 和 AccessToken 各在两个模块里：006 和 007。",
    ],
  },
  node: {
    note: "官方包，最新是 2.0.6（AgoraIO/Tools 的 HEAD 仍是 2.0.5，没有 ConvoAI 和 STT）。agora-access-token 是已弃用的旧包。",
    notes: { "convoai.buildToken": NEW_IN_2_0_6, "stt.buildToken": NEW_IN_2_0_6 },
    warnings: room(ROOM_USER),
    faults: [
      "房间用户的 Token（APaaS 和 Education）缺少 APaaS 的权限 1，角色 0 变成 -1。",
      "ES 模块的具名导入会失败 (SyntaxError)：它是 CommonJS。",
      "ServiceApaas 的权限常量叫 PRIVILEGE_…，其他服务都叫 kPrivilege…：ServiceApaas.kPrivilegeRoomUser 是 undefined，会写成权限 0。",
      "类型声明说 RTM、Chat 和 APaaS 的用户是 string | number：传 number 会抛出错误。",
      "006：整个进程只用一个随机盐值。",
      "uid -1、1.5 和 2^32 会以这样的文本写入。",
      "类型声明要求 privilegeExpire，而代码允许省略 (0)。",
      "ES 模块要用带扩展名的路径访问 src 的文件：agora-token/src/AccessToken2.js。",
    ],
  },
  java: {
    note: "官方包；需要 commons-codec（它的依赖）。仓库比它更新。",
    notes: {
      "rtm.buildTokenWithPermissions":
        "2026 年 7 月加入仓库，而 pom 在 2025 年 5 月已设为 2.1.3：如果那时已发布，这个版本里没有它。",
    },
    warnings: { ...room(CHAT), "006.rtc:account": SWAPPED },
    faults: [
      "房间用户的 Token：缺少 Chat 的权限，MD5 没有前导零。",
      "006：角色颠倒了：SUBSCRIBER 能发布，ATTENDEE 不能。",
      "006：大于 2^31-1 的 uid 是错的。",
      "权限按有符号 16 位数排序。",
    ],
  },
  php: {
    note:
      "Packagist 上没有官方包。请复制 AgoraIO/Tools 的 DynamicKey/AgoraDynamicKey/php/src。Packagist 上有几个他人的包（boogiefromzk/agora-token、taylanunutmaz/agora-token-builder、peterujah/php-agora-tokens …）。",
    warnings: { "rtc.buildTokenWithUid of anyone": UID_0, "rtc.buildTokenWithUidAndPrivilege of anyone": UID_0 },
    faults: [UID_0, "没有权限的服务：TypeError。", "006：盐值只有 0 到 100000。"],
  },
  csharp: {
    note:
      "没有官方的 NuGet 包（维护者在 AgoraIO/Tools issue 77 里这样说）。请加入这个项目或它的文件；它需要 NuGet 的 Crc32.NET 1.2.0 和 SharpZipLib 1.4.2。NuGet 的 AgoraIO.Token 1.0.0 叫这个名字，但发布者不明。",
    warnings: room(SYSTEM_BYTE),
    faults: [
      "房间用户的 Token：Chat 的用户是 System.Byte[]。",
      "权限按添加的顺序排列。",
      "FPA 和 RTM 的类名以 2 结尾，ApaasTokenBuilder 没有。",
    ],
  },
  cpp: {
    note:
      "没有包：是头文件，C++11，链接时用 -lz -lcrypto（zlib、OpenSSL）。头文件包含 cpp/src/…，所以包含路径必须是 cpp/ 所在的文件夹。",
    notes: Object.fromEntries(
      ["apaas", "education"].flatMap((family) =>
        ["buildRoomUserToken", "buildUserToken", "buildAppToken"].map((method) => [`${family}.${method}`, MD5])
      ),
    ),
    faults: [
      "RtcTokenBuilder.h 和 RtcTokenBuilder2.h 都定义了 UserRole，但枚举不同：一个文件不能同时包含两者，否则编译错误。",
      "20,000 字节及以上的文本会使堆溢出。",
    ],
  },
  ruby: {
    note:
      "文件夹里有 gemspec (agora_dynamic_key 0.1.0)，RubyGems 上同名的 gem 是 006 的代码 (require 'dynamic_key')；其中是否有 007 的代码不明。请复制 lib 文件夹。他人的 gem：agora_rails、agora-ruby。",
    warnings: { "006.rtc:account": SWAPPED },
    faults: [
      "006：SUBSCRIBER 能发布；uid 0 是用户“0”；非 ASCII 的文本会抛出错误。",
      "ServiceRtm 的登录权限是 PRIVILEGE_JOIN_LOGIN，ServiceRtm2 和 ServiceFpa 的是 PRIVILEGE_LOGIN。",
      "gemspec 用没有展开的模式列出文件，gem build 会找不到它们。",
    ],
  },
  kotlin: {
    note:
      "没有包：是一个 Gradle 项目（group io.agora，版本 1.0.0），可以构建或复制。也可以从 Kotlin 调用 Java 的 io.agora:authentication；它的包不同（io.agora.rtm、.chat、.apaas、.education），类名与这里的代码冲突。",
    faults: [NO_006, "与 Java 不同，这里房间用户的 MD5 文本是对的。"],
  },
  dart: {
    note:
      "pub.dev 上有 agora_token_generator（dart pub add agora_token_generator；1.0.0），由这份代码的贡献者而不是声网发布；仓库 (0.0.1) 之后有改动：它的 Chat、APaaS、Education、FPA、带权限的 RTC、RTC 加 RTM 的生成器来自 2026 年 7 月。第一版把绝对时间写进 007 的权限。按 pubspec 需要 Flutter SDK。",
    faults: [NO_006, "默认值与其他语言都不同：见 privilegeExpire。"],
  },
  rust: {
    note: "仓库里的 crate 是 agora_token 0.1.0，crates.io 上是否有不明；请用路径或 git 引用。",
    faults: [NO_006],
  },
  lua: {
    note:
      "LuaRocks 上是否有不明。需要 Lua 5.3 或更新 (string.pack)，以及 base64、luaossl、lua-zlib、md5（按 rockspec 还有 luaunit）。",
    faults: [NO_006, "省略 privilege_expire 时，Token 没有任何权限。", "盐值以秒为随机种子：同一秒的 Token 盐值相同。"],
  },
  perl: {
    note: "CPAN 上没有已知的包；请复制 perl/src 并安装 Math::Random::MT::Auto 和 String::CRC32。",
    faults: ["没有 007。", "用户账号变成没有用户。", "这里的角色数字是 1 到 4，而不是 0、1、2、101。"],
  },
  deno: {
    note:
      "JSR 或 deno.land 上没有已知的包；请复制 deno/src。它从 deno.land 用 URL 导入 std 0.155/0.156、hmac 2.0.1、compress 0.3.3 和 crc32。",
    warnings: room(ROOM_USER),
    faults: [
      "房间用户的 Token 缺少 APaaS 的权限 1，角色 0 变成 -1。",
      "没有 Chat 生成器。",
      "与 npm agora-token 相同：ServiceApaas 的 PRIVILEGE_…，006 的 addPriviledge。",
    ],
  },
};
