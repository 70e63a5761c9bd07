/** How a language writes a program that makes a token: a row of {@linkcode LANGUAGES}. `%name%` stands for a part. */
export interface Language {
  /** What begins a comment. */
  comment: string;
  /** The variables with the App ID and the App Certificate. */
  credentials: readonly [appId: string, appCertificate: string];
  /** A character that a text cannot hold as it is: a control character, or one that is not visible. Line breaks are `\n`. */
  escaped: (character: string) => string;
  /** The characters that a text has after a backslash, besides the backslash and the double quote. */
  special?: string;
  /** A text with the character U+0000, where that would end it. */
  withNull?: (quoted: string, text: string) => string;
  /** A number, where it is not simply its digits. @param isRole Whether it is the 16-bit role of APaaS. */
  number?: (value: number, isRole: boolean) => string;
  /** A list of texts. */
  list: string;
  /** How a named argument is written, in languages that name some. */
  named?: string;
  /** Whether the last argument of several lines is followed by a comma. */
  lastComma?: true;
  /** What one level of indentation is. */
  indent: string;
  /** The program: `%imports%`, `%steps%` and `%token%`, the expression that makes the token. */
  program: string;
  /** The statements that use AccessToken2 directly. */
  steps?: Steps & {
    /** Makes the permissions of RTM2, gives one, and passes them to a service and to a builder. */
    permissions: readonly [make: string, add: string, toService: string, toBuilder?: string];
    /** Sets the role 0 of APaaS, where the constructor cannot. */
    roleZero?: string;
  };
  /** The statements that use the AccessToken of 006. */
  steps006?: Steps;
}

/** The statements that make a token from its parts. */
interface Steps {
  /** Makes the empty token. */
  make: string;
  /** Makes a service; in 006 there are none. */
  service?: string;
  /** Gives a privilege. */
  privilege: string;
  /** Adds the service to the token. */
  add?: string;
  /** The expression that makes the text. */
  build: string;
}

const hex = (character: string, width = 0): string => character.codePointAt(0)!.toString(16).padStart(width, "0");
const units = (character: string): string => character.split("").map((unit) => `\\u${hex(unit, 4)}`).join("");
const braces = (character: string): string => `\\u{${hex(character)}}`;
const bytes = (prefix: string, base: 8 | 16) => (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => prefix + byte.toString(base).padStart(base === 8 ? 3 : 2, "0")).join(
    "",
  );

/** A number in a language whose `int` is signed: the same 32 bits. */
const signed = (wide: (digits: string) => string) => (value: number): string =>
  value > 0x7fffffff ? wide(String(value)) : String(value);

/** The methods of services that are named after them, as `addPrivilegeRtc`. */
const NAMED_STEPS = { privilege: "%name%.addPrivilege%Service%(%privilege%, %value%)", add: "accessToken.addService(%name%)" };

const JAVASCRIPT = {
  comment: "//",
  credentials: ["appId", "appCertificate"],
  escaped: braces,
  list: "[%items%]",
  indent: "  ",
  steps: {
    make: "const accessToken = new AccessToken2(%id%, %certificate%, 0, %expire%); // 0: issued now",
    service: "const %name% = %make%(%values%);",
    privilege: "%name%.add_privilege(%privilege%, %value%);",
    add: "accessToken.add_service(%name%);",
    build: "accessToken.build()",
    permissions: [
      "const permissions = new Rtm2Permissions();",
      "permissions.add(%resource%, %type%, %names%);",
      "permissions",
    ],
    roleZero: "%name%.__role = 0; // the constructor makes -1 of it",
  },
  steps006: {
    make: "const accessToken = %call%(%id%, %certificate%, %channel%, %user%);",
    privilege: "accessToken.addPriviledge(%privilege%, %value%);",
    build: "accessToken.build()",
  },
} as const satisfies Omit<Language, "program">;

/**
 * The languages of official_calls.json: how each writes a program, a text and a number. A row here and one there are all that
 * another language needs.
 */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  go: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: bytes("\\x", 16),
    list: "[]string{%items%}",
    lastComma: true,
    indent: "\t",
    program: `package main

import (
	"fmt"
	"os"

%imports%
)

func main() {
	appId := os.Getenv("AGORA_APP_ID")
	appCertificate := os.Getenv("AGORA_APP_CERTIFICATE")
%steps%	token, err := %token%
	if err != nil {
		panic(err)
	}
	fmt.Println(token)
}
`,
    steps: {
      make: "accessToken := accesstoken2.NewAccessToken(%id%, %certificate%, %expire%)",
      service: "%name% := %make%(%values%)",
      privilege: "%name%.AddPrivilege(%privilege%, %value%)",
      add: "accessToken.AddService(%name%)",
      build: "accessToken.Build()",
      permissions: [
        "permissions := accesstoken2.NewRtm2Permissions()",
        "permissions.Add(%resource%, %type%, %names%)",
        "permissions",
      ],
    },
    steps006: {
      make: "accessToken := accesstoken.CreateAccessToken2(%id%, %certificate%, %channel%, %user%)",
      privilege: "accessToken.AddPrivilege(%privilege%, %value%)",
      build: "accessToken.Build()",
    },
  },
  python: {
    comment: "#",
    credentials: ["app_id", "app_certificate"],
    escaped: (character) => `\\U${hex(character, 8)}`,
    list: "[%items%]",
    indent: "    ",
    program: `import os

%imports%

app_id = os.environ["AGORA_APP_ID"]
app_certificate = os.environ["AGORA_APP_CERTIFICATE"]
%steps%token = %token%
print(token)
`,
    steps: {
      make: "access_token = AccessToken(%id%, %certificate%, expire=%expire%)",
      service: "%name% = %make%(%values%)",
      privilege: "%name%.add_privilege(%privilege%, %value%)",
      add: "access_token.add_service(%name%)",
      build: "access_token.build()",
      permissions: ["permissions = ServiceRtm2.Permissions()", "permissions.add(%resource%, %type%, %names%)", "permissions"],
    },
    steps006: {
      make: "access_token = AccessToken(%id%, %certificate%, %channel%, %user%)",
      privilege: "access_token.addPrivilege(%privilege%, %value%)",
      build: "access_token.build()",
    },
  },
  node: {
    ...JAVASCRIPT,
    program: `%imports%

const appId = process.env.AGORA_APP_ID;
const appCertificate = process.env.AGORA_APP_CERTIFICATE;
%steps%const token = %token%;
console.log(token);
`,
  },
  java: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: units,
    number: (value, isRole) => isRole ? `(short) ${value}` : signed((digits) => `(int) ${digits}L`)(value),
    list: "java.util.Arrays.asList(%items%)",
    indent: "    ",
    program: `%imports%

public class Main {
    public static void main(String[] args) throws Exception {
        String appId = System.getenv("AGORA_APP_ID");
        String appCertificate = System.getenv("AGORA_APP_CERTIFICATE");
%steps%        String token = %token%;
        System.out.println(token);
    }
}
`,
    steps: {
      make: "AccessToken2 accessToken = new AccessToken2(%id%, %certificate%, %expire%);",
      service: "AccessToken2.Service%Service% %name% = %make%(%values%);",
      privilege: `${NAMED_STEPS.privilege};`,
      add: `${NAMED_STEPS.add};`,
      build: "accessToken.build()",
      permissions: [
        "AccessToken2.ServiceRtm2.Permissions permissions = new AccessToken2.ServiceRtm2.Permissions();",
        "permissions.add(%resource%, %type%, %names%);",
        "permissions",
      ],
    },
    steps006: {
      make: "AccessToken accessToken = %call%(%id%, %certificate%, %channel%, %user%);",
      privilege: "accessToken.addPrivilege(%privilege%, %value%);",
      build: "accessToken.build()",
    },
  },
  php: {
    comment: "//",
    credentials: ["$appId", "$appCertificate"],
    escaped: bytes("\\x", 16),
    special: "$",
    list: "[%items%]",
    indent: "    ",
    program: `<?php
%imports%

$appId = getenv('AGORA_APP_ID');
$appCertificate = getenv('AGORA_APP_CERTIFICATE');
%steps%$token = %token%;
echo $token, PHP_EOL;
`,
    steps: {
      make: "$accessToken = new AccessToken2(%id%, %certificate%, %expire%);",
      service: "$%name% = %make%(%values%);",
      privilege: "$%name%->addPrivilege(%privilege%, %value%);",
      add: "$accessToken->addService($%name%);",
      build: "$accessToken->build()",
      permissions: [
        "$permissions = new Rtm2Permissions();",
        "$permissions->add(%resource%, %type%, %names%);",
        "$permissions",
      ],
    },
    steps006: {
      make: "$accessToken = %call%(%id%, %certificate%, %channel%, %user%);",
      privilege: "$accessToken->addPrivilege(%privilege%, %value%);",
      build: "$accessToken->build()",
    },
  },
  csharp: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: units,
    list: "new string[] { %items% }",
    indent: "    ",
    program: `using System;
%imports%

string appId = Environment.GetEnvironmentVariable("AGORA_APP_ID")!;
string appCertificate = Environment.GetEnvironmentVariable("AGORA_APP_CERTIFICATE")!;
%steps%string token = %token%;
Console.WriteLine(token);
`,
    steps: {
      make: "var accessToken = new AccessToken2(%id%, %certificate%, %expire%);",
      service: "var %name% = %make%(%values%);",
      privilege: `${NAMED_STEPS.privilege};`,
      add: `${NAMED_STEPS.add};`,
      build: "accessToken.build()",
      permissions: [
        "var permissions = new AccessToken2.ServiceRtm2.Permissions();",
        "permissions.add(%resource%, %type%, %names%);",
        "permissions",
      ],
    },
    steps006: {
      make: "var accessToken = %call%(%id%, %certificate%, %channel%, %user%);",
      privilege: "accessToken.addPrivilege(%privilege%, %value%);",
      build: "accessToken.build()",
    },
  },
  cpp: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: bytes("\\", 8),
    withNull: (quoted, text) => `std::string(${quoted}, ${new TextEncoder().encode(text).length})`,
    special: "?", // two of them and one more character would be a trigraph
    number: signed((digits) => `${digits}u`),
    list: "{%items%}",
    indent: "  ",
    program: `#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

%imports%

int main() {
  const std::string appId = std::getenv("AGORA_APP_ID");
  const std::string appCertificate = std::getenv("AGORA_APP_CERTIFICATE");
%steps%  const std::string token = %token%;
  std::cout << token << std::endl;
}
`,
    steps: {
      make: "agora::tools::AccessToken2 accessToken(%id%, %certificate%, 0, %expire%); // 0: issued now",
      service: "std::unique_ptr<agora::tools::Service> %name%(new %make%(%values%));",
      privilege: "%name%->AddPrivilege(%privilege%, %value%);",
      add: "accessToken.AddService(std::move(%name%));",
      build: "accessToken.Build()",
      permissions: [
        "agora::tools::ServiceRtm2::Permissions permissions;",
        "permissions.Add(%resource%, %type%, %names%);",
        "permissions",
      ],
    },
    steps006: {
      make: "agora::tools::AccessToken accessToken(%id%, %certificate%, %channel%, %user%);",
      privilege: "accessToken.AddPrivilege(%privilege%, %value%);",
      build: "accessToken.Build()",
    },
  },
  ruby: {
    comment: "#",
    credentials: ["app_id", "app_certificate"],
    escaped: bytes("\\x", 16),
    special: "#",
    list: "[%items%]",
    named: "%name%: %value%",
    indent: "  ",
    program: `%imports%

app_id = ENV.fetch('AGORA_APP_ID')
app_certificate = ENV.fetch('AGORA_APP_CERTIFICATE')
%steps%token = %token%
puts token
`,
    steps: {
      make: "access_token = AgoraDynamicKey2::AccessToken.new(%id%, %certificate%, %expire%)",
      service: "%name% = %make%(%values%)",
      privilege: "%name%.add_privilege(%privilege%, %value%)",
      add: "access_token.add_service(%name%)",
      build: "access_token.build",
      permissions: [
        "permissions = AgoraDynamicKey2::ServiceRtm2::Permissions.new",
        "permissions.add(%resource%, %type%, %names%)",
        "permissions",
      ],
    },
    steps006: {
      make: "access_token = %call%(app_id: %id%, app_certificate: %certificate%, channel_name: %channel%, uid: %user%)",
      privilege: "access_token.add_privilege(%privilege%, %value%)",
      build: "access_token.build!",
    },
  },
  kotlin: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: units,
    special: "$",
    number: signed((digits) => `${digits}L.toInt()`),
    list: "listOf(%items%)",
    indent: "    ",
    program: `%imports%

fun main() {
    val appId = System.getenv("AGORA_APP_ID")
    val appCertificate = System.getenv("AGORA_APP_CERTIFICATE")
%steps%    val token = %token%
    println(token)
}
`,
    steps: {
      make: "val accessToken = AccessToken2(%id%, %certificate%, %expire%)",
      service: "val %name% = %make%(%values%)",
      ...NAMED_STEPS,
      build: "accessToken.build()",
      permissions: [
        "val permissions = AccessToken2.ServiceRtm2.Permissions()",
        "permissions.add(%resource%, %type%, %names%)",
        "permissions",
      ],
    },
  },
  dart: {
    comment: "//",
    credentials: ["appId", "appCertificate"],
    escaped: braces,
    special: "$",
    list: "[%items%]",
    named: "%name%: %value%",
    indent: "  ",
    program: `import 'dart:io';
%imports%

void main() {
  final appId = Platform.environment['AGORA_APP_ID']!;
  final appCertificate = Platform.environment['AGORA_APP_CERTIFICATE']!;
%steps%  final token = %token%;
  print(token);
}
`,
    steps: {
      make: "final accessToken = AccessToken.create(%id%, %certificate%, expire: %expire%);",
      service: "final %name% = %make%(%values%);",
      privilege: "%name%.addPrivilege(%privilege%, %value%);",
      add: "accessToken.addService(%name%);",
      build: "accessToken.build()",
      permissions: [
        "final permissions = Rtm2Permissions();",
        "permissions.add(%resource%, %type%, %names%);",
        "permissions",
      ],
    },
  },
  rust: {
    comment: "//",
    credentials: ["&app_id", "&app_certificate"],
    escaped: braces,
    list: "[%items%].map(|name: &str| name.to_string()).to_vec()",
    indent: "    ",
    program: `%imports%

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app_id = std::env::var("AGORA_APP_ID")?;
    let app_certificate = std::env::var("AGORA_APP_CERTIFICATE")?;
%steps%    let token = %token%?;
    println!("{token}");
    Ok(())
}
`,
    steps: {
      make: "let mut token_parts = access_token::new_access_token(%id%, %certificate%, %expire%);",
      service: "let mut %name% = %make%(%values%);",
      privilege: "%name%.service.add_privilege(%privilege%, %value%);",
      add: "token_parts.add_service(Box::new(%name%));",
      build: "token_parts.build()",
      permissions: [
        "let mut permissions = access_token::new_rtm2_permissions();",
        "permissions.add(%resource%, %type%, %names%);",
        "Some(permissions)",
        "&permissions",
      ],
    },
  },
  lua: {
    comment: "--",
    credentials: ["app_id", "app_certificate"],
    escaped: bytes("\\x", 16),
    list: "{ %items% }",
    indent: "  ",
    program: `%imports%

local app_id = os.getenv("AGORA_APP_ID")
local app_certificate = os.getenv("AGORA_APP_CERTIFICATE")
%steps%local token = %token%
print(token)
`,
    steps: {
      make: "local token_parts = access_token.new_access_token(%id%, %certificate%, %expire%)",
      service: "local %name% = %make%(%values%)",
      privilege: "%name%.service:add_privilege(%privilege%, %value%)",
      add: "token_parts:add_service(%name%)",
      build: "token_parts:build()",
      permissions: [
        "local permissions = access_token.new_rtm2_permissions()",
        "permissions:add(%resource%, %type%, %names%)",
        "permissions",
      ],
    },
  },
  perl: {
    comment: "#",
    credentials: ["$app_id", "$app_certificate"],
    escaped: bytes("\\x", 16),
    special: "$@",
    list: "[%items%]",
    indent: "    ",
    program: `use strict;
use warnings;
use lib 'src';
%imports%

my $app_id = $ENV{AGORA_APP_ID};
my $app_certificate = $ENV{AGORA_APP_CERTIFICATE};
%steps%my $token = %token%;
print "$token\\n";
`,
    steps006: {
      make: `my $access_token = %call%(%id%, %certificate%, %channel%, 0);
$access_token->{uid} = %user%; # the call drops a user that is not a number`,
      privilege: "$access_token->add_privilege(%privilege%, %value%);",
      build: "$access_token->build",
    },
  },
  deno: {
    ...JAVASCRIPT,
    program: `%imports%

const appId = Deno.env.get("AGORA_APP_ID");
const appCertificate = Deno.env.get("AGORA_APP_CERTIFICATE");
%steps%const token = %token%;
console.log(token);
`,
  },
};
