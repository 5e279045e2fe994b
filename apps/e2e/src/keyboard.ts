import { expect, type Locator, type Page } from '@playwright/test';
import { text } from './texts.js';

/** Somebody who has no mouse: whatever cannot be reached by Tab, or shows no focus, cannot be used. */
export class Keyboard {
  constructor(readonly page: Page) {}

  /** Tabs until it has the focus, first onward and then from the top. */
  async reach(wanted: Locator): Promise<void> {
    await expect(wanted).toBeVisible();
    for (let presses = 0; presses < 250; presses++) {
      if (await hasFocus(wanted)) return this.#isSeen(wanted);
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${String(wanted)}`);
  }

  async press(wanted: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.press(key);
  }

  async type(wanted: Locator, words: string): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.type(words);
  }

  /** One of several radio buttons: Tab enters the group, arrows move in it. */
  async choose(wanted: Locator): Promise<void> {
    await expect(wanted).toBeVisible();
    const group = await wanted.getAttribute('name');
    const inGroup = (): Promise<boolean> =>
      this.page.evaluate(
        (name) => document.activeElement instanceof HTMLInputElement && document.activeElement.name === name,
        group,
      );
    for (let presses = 0; !(await inGroup()); presses++) {
      if (presses > 250) throw new Error(`Tab never reaches ${String(wanted)}`);
      await this.page.keyboard.press('Tab');
    }
    for (let presses = 0; !(await hasFocus(wanted)); presses++) {
      if (presses > 30) throw new Error(`arrows never reach ${String(wanted)}`);
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Space');
    await expect(wanted).toBeChecked();
  }

  /** The first thing on every page jumps over the menu. */
  async skipToContent(): Promise<void> {
    await this.press(this.page.getByRole('link', { name: text('shell.skip') }));
    await expect(this.page.locator('main')).toBeFocused();
  }

  /** WCAG 2.4.7: a ring around it, or around the label that it fills. */
  async #isSeen(focused: Locator): Promise<void> {
    const seen = await focused.evaluate((element) => {
      const around = [element, element.nextElementSibling, element.parentElement, element.closest('label')].filter(
        (one) => one !== null,
      );
      return around.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
      });
    });
    expect(seen, `the focus on ${String(focused)} is seen`).toBe(true);
  }
}

function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => element === document.activeElement);
}
