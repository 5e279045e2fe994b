import { begins, text } from './texts.js';
import { expect, test } from './test.js';
import { OwnTilts } from './tilts/own-tilts.js';

test('without demo data the link that the first start prints makes the first coordinator, once', async ({
  browserOf,
}) => {
  const tilts = await OwnTilts.inNewFolders({ DEMO: 'off', CONTROLLER_NAME: 'Parauga biedrība' });
  try {
    await tilts.start();
    await expect.poll(() => tilts.said).toContain('http');
    const link = tilts.said.match(/http\S*first\S*/)?.[0] ?? '';
    const page = await (await browserOf()).newPage();
    await page.goto(link);
    await page.getByLabel(begins(text('access.field.name'))).fill('Vija Parauga');
    await page.getByLabel(begins(text('access.field.email'))).fill('vija@parauga.example');
    await page.getByLabel(begins(text('access.field.password'))).fill('gara parole ar atstarpēm 7');
    await page.getByRole('button', { name: text('access.first.action') }).click();
    await expect(page.getByText(text('access.first.done'))).toBeVisible();

    await page.goto(`${tilts.address}/sign-in`);
    await page.getByLabel(begins(text('access.field.email'))).fill('vija@parauga.example');
    await page.getByLabel(begins(text('access.field.password'))).fill('gara parole ar atstarpēm 7');
    await page.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
    await expect(page, 'a coordinator needs a second factor first').toHaveURL(/second-factor/);

    const again = await page.request.post(`${tilts.address}/api/first-coordinator`, {
      data: {
        token: link.split('#')[1] ?? '',
        name: 'Otrs',
        email: 'otrs@parauga.example',
        password: 'gara parole ar atstarpēm 8',
      },
    });
    expect(again.status(), 'the link works once').toBe(404);
  } finally {
    await tilts.remove();
  }
});
