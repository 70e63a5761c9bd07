import type { ParsedToken006 } from "../src/formats/legacy_types.ts";
import { guessNames } from "../src/formats/guess.ts";
import { visible } from "../src/inspect/words.ts";
import { labelled, textInput } from "./controls.ts";
import { button, fill, h } from "./dom.ts";
import { T } from "./language.ts";
import { change } from "./state.ts";

/** The names that the checksums of a 006 may be of: the obvious ones, or those that a person types; and a button that enters them. */
export class GuessView {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #input = textInput();
  readonly #found = h("p", { class: "note", role: "status" });
  #token: ParsedToken006 | undefined;

  constructor() {
    this.#input.addEventListener("input", () => this.#guess());
    this.element = h("div", { class: "guess", hidden: true }, this.#found, labelled(T.guess.label, this.#input, T.guess.hint));
  }

  /** Guesses the names of a token; hides for one that holds no checksums. */
  show(token: { version: string } | undefined): void {
    const old = token?.version === "006" ? token as ParsedToken006 : undefined;
    this.element.hidden = old === undefined;
    const isSame = old?.crcChannelName === this.#token?.crcChannelName && old?.crcUid === this.#token?.crcUid;
    this.#token = old;
    if (isSame) return;
    this.#guess();
  }

  #guess(): void {
    if (this.#token === undefined) return;
    const typed = this.#input.value.split(/[,;\n]/).map((name) => name.trim()).filter((name) => name !== "");
    const own = typed.length > 0 ? guessNames(this.#token, { channelNames: typed, users: typed }) : undefined;
    const obvious = guessNames(this.#token);
    const channel = own?.channelNames[0] ?? obvious.channelNames[0];
    const user = own?.users[0] ?? obvious.users[0];
    const isLogin = this.#token.privileges.rtmLogin !== undefined;
    const enter = button(T.guess.enter, () => {
      const named = isLogin ? channel : user;
      change({
        ...(channel === undefined || isLogin ? {} : { channelName: channel }),
        ...(named ? { user: named, userIs: /^\d{1,10}$/.test(named) ? "uid" : "account" } : {}),
      });
    }, { class: "quiet" });
    const words = [channel, user].map((name) => name === undefined ? undefined : visible(JSON.stringify(name)));
    const isFound = channel !== undefined || !!user;
    fill(this.#found, `${T.guess.found(words[0], words[1], isLogin)} `, isFound && enter);
  }
}
