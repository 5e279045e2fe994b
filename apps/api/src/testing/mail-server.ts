import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server of one spec: takes every letter and keeps it. Speaks as much SMTP (RFC 5321) as a client needs. */
export interface MailServer {
  url: string;
  letters: string[];
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const letters: string[] = [];
  const server = createServer((socket) => serve(socket, letters));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}

function serve(socket: Socket, letters: string[]): void {
  let text = '';
  let letter: string[] | undefined;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const hear = (line: string): void => {
    if (letter) {
      if (line !== '.') return void letter.push(line);
      letters.push(letter.join('\n'));
      letter = undefined;
      return say('250 kept');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') letter = [];
    say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok');
    if (verb === 'QUIT') socket.end();
  };
  socket
    .on('error', () => undefined)
    .on('data', (bytes) => {
      text += bytes.toString('utf8');
      const lines = text.split('\r\n');
      text = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
  say('220 spec');
}
