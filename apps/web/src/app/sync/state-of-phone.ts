import { dayOf } from '@tilts/domain';
import type { IconName, Texts } from '@tilts/ui';
import type { Phone, Unsent } from './phone';

/** The state of this phone in one line: always icon, words and colour together. */
export interface StateOfPhone {
  tone: 'calm' | 'moving' | 'needsYou';
  icon: IconName;
  words: string;
}

/** What needs its person is said before what goes by itself, and „all sent” only when the office agrees. */
export function stateOfPhone(phone: Phone, texts: Texts): StateOfPhone {
  const needsYou = phone.unsent().filter(needsSomebody).length;
  const waiting = phone.unsent().length - needsYou;
  const progress = phone.progress();
  if (phone.trouble()) return { tone: 'needsYou', icon: 'warning', words: texts.text('sync.state.trouble') };
  if (needsYou > 0)
    return {
      tone: 'needsYou',
      icon: 'warning',
      words: texts.text('sync.state.needsYou', { count: needsYou, waiting }),
    };
  if (waiting > 0)
    return phone.online()
      ? { tone: 'moving', icon: 'device', words: texts.text('sync.state.waiting', { count: waiting }) }
      : { tone: 'moving', icon: 'device', words: texts.text('sync.state.offlineWaiting', { count: waiting }) };
  if (progress)
    return {
      tone: 'moving',
      icon: 'download',
      words: texts.text('sync.state.progress', { have: progress.have, of: progress.of }),
    };
  const at = lastContactWords(phone, texts);
  if (!phone.online())
    return {
      tone: 'calm',
      icon: 'cloudOff',
      words: phone.allSent() && at ? texts.text('sync.state.offlineSent', { at }) : texts.text('sync.state.offline'),
    };
  return phone.allSent() && at
    ? { tone: 'calm', icon: 'check', words: texts.text('sync.state.allSent', { at }) }
    : { tone: 'moving', icon: 'refresh', words: texts.text('sync.state.asking') };
}

/** It does not go by itself: somebody decides, or decides about the one that it waits for. */
export function needsSomebody({ state }: Unsent): boolean {
  return state !== 'waiting';
}

/** The hour alone when it was today. */
export function lastContactWords(phone: Phone, texts: Texts, now = new Date()): string | null {
  const at = phone.lastContact();
  if (!at) return null;
  return dayOf(at) === dayOf(now) ? texts.time(at) : texts.moment(at, 'short');
}
