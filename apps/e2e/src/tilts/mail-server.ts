import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A small mail server: takes every letter and counts them by their number. */
export class MailServer {
  /** `Message-ID` of each letter, in the order in which they came. */
  readonly letters: string[] = [];
  readonly #server: Server = createServer((socket) => this.#speak(socket));

  static async open(): Promise<MailServer> {
    const mails = new MailServer();
    await new Promise<void>((opened) => mails.#server.listen(0, '127.0.0.1', opened));
    return mails;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}?ignoreTLS=true`;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  /** As much of RFC 5321 as nodemailer asks for. */
  #speak(socket: Socket): void {
    let heard = '';
    let letter = false;
    const say = (words: string): boolean => socket.write(`${words}\r\n`);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = heard.indexOf(letter ? '\r\n.\r\n' : '\r\n'); end >= 0;) {
        const words = heard.slice(0, end);
        heard = heard.slice(end + (letter ? 5 : 2));
        if (letter) {
          letter = false;
          this.letters.push(/^message-id: <([^>]+)>/im.exec(words)?.[1] ?? '');
          say('250 kept');
        } else if (/^data/i.test(words)) {
          letter = true;
          say('354 go on');
        } else if (/^quit/i.test(words)) {
          say('221 bye');
          socket.end();
        } else say('250 yes');
        end = heard.indexOf(letter ? '\r\n.\r\n' : '\r\n');
      }
    });
    say('220 mail.tilts.test');
  }
}
