/** Asks at the terminal for what must not be seen; undefined where there is no terminal, or nothing was typed. */
export async function askUnseen(question: string): Promise<string | undefined> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  stdin.setRawMode(true);
  stdout.write(question);
  stdin.setEncoding('utf8');
  try {
    return await new Promise<string | undefined>((resolve) => {
      let text = '';
      const take = (typed: string): void => {
        for (const letter of typed) {
          if (letter === '\r' || letter === '\n') return finish(text || undefined);
          if (letter === '\u0003' || letter === '\u0004') return finish(undefined);
          text = letter === '\u007f' || letter === '\b' ? text.slice(0, -1) : text + letter;
        }
      };
      const finish = (answer: string | undefined): void => {
        stdin.off('data', take);
        resolve(answer);
      };
      stdin.on('data', take).resume();
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write('\n');
  }
}
