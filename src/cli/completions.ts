import { AgoraTokenError } from "../errors.ts";

/** The help text of `completions`. */
export const COMPLETIONS_HELP = `agoratoken completions bash|zsh

Prints what completes commands and options in a shell. For this shell, or in ~/.bashrc or ~/.zshrc (after compinit) for every one:

  source <(agoratoken completions bash)
`;

/** What completes the words of a command: its own, and before that the names of the commands. */
const SHELLS: Readonly<Record<string, (commands: string, cases: (act: (words: string) => string) => string) => string>> = {
  bash: (commands, cases) =>
    `_agoratoken() {
  local words="${commands}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases((words) => `words="${words}"`)}
    *) words="" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _agoratoken agoratoken
`,
  zsh: (commands, cases) =>
    `#compdef agoratoken
_agoratoken() {
  if (( CURRENT == 2 )); then
    compadd -- ${commands}
  else
    case "$words[2]" in
${cases((words) => `compadd -- ${words}`)}
    *) _files ;;
    esac
  fi
}
compdef _agoratoken agoratoken
`,
};

/**
 * The script that completes commands and options.
 *
 * @param shell `bash` or `zsh`.
 * @param words The words that can follow each command.
 * @throws {AgoraTokenError} `invalid-value` for another shell.
 */
export function completions(shell: string | undefined, words: Readonly<Record<string, readonly string[]>>): string {
  const script = shell !== undefined && Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (script === undefined) throw new AgoraTokenError("invalid-value", `completions takes ${Object.keys(SHELLS).join(" or ")}`);
  const cases = (act: (words: string) => string) =>
    Object.entries(words).map(([command, list]) => `    ${command}) ${act(list.join(" "))} ;;`).join("\n");
  return script(Object.keys(words).join(" "), cases);
}
