import { expect, type Locator, type Page } from '@playwright/test';
import type { PersonDetails } from '@tilts/domain';
import { begins, text } from '../texts.js';

export interface Household {
  name: string;
  phone?: string;
  address?: string;
  /** The first one is the contact. */
  members: { firstName: string; lastName?: string; birthYear?: number; role?: PersonDetails['householdRole'] }[];
}

/** Registers a family through the page: notice read, yes said, everybody written down. Ends on the family's page; answers its id. */
export async function register(page: Page, household: Household): Promise<string> {
  await page.goto('/families/new');
  await page.getByRole('checkbox', { name: text('consents.field.noticeRead') }).check();
  await page.getByRole('checkbox', { name: text('consents.field.spokenYes') }).check();
  await page.getByLabel(begins(text('families.field.name'))).fill(household.name);
  if (household.phone)
    await page
      .locator('app-family-fields')
      .getByLabel(begins(text('families.field.phone')))
      .fill(household.phone);
  if (household.address) await page.getByLabel(begins(text('families.field.address'))).fill(household.address);
  for (const [index, member] of household.members.entries()) {
    if (index > 0) await page.getByRole('button', { name: text('registration.addPerson') }).click();
    await page.getByLabel(begins(text('persons.field.firstName'))).fill(member.firstName);
    if (member.lastName) await page.getByLabel(begins(text('persons.field.lastName'))).fill(member.lastName);
    if (member.role)
      await chip(page, text('persons.field.householdRole'), text(`persons.householdRole.${member.role}`)).check();
    if (member.birthYear) await page.getByLabel(begins(text('persons.field.birthYear'))).fill(String(member.birthYear));
  }
  await page.getByRole('button', { name: text('registration.save') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(household.name);
  const [, id = ''] = /families\/([0-9a-f-]{36})/.exec(page.url()) ?? [];
  return id;
}

/** One choice of a group of chips. */
export function chip(within: Page | Locator, group: string, choice: string): Locator {
  const chips = within.getByRole('group', { name: begins(group) });
  return chips.getByRole('radio', { name: begins(choice) }).or(chips.getByRole('checkbox', { name: begins(choice) }));
}
