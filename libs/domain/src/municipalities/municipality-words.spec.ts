import { municipalityKey, proposedLocative, proposedPrefix } from '../index.js';

describe('what is proposed from a name', () => {
  it.each([
    ['Jelgava', 'Jelgavā'],
    ['Dobele', 'Dobelē'],
    ['Ventspils', 'Ventspilī'],
    ['Cēsis', 'Cēsīs'],
    ['Tukums', 'Tukumā'],
    ['Talsi', 'Talsos'],
    ['Saldus', 'Saldū'],
    ['Limbaži', 'Limbažos'],
    ['Viļakas novads', 'Viļakas novadā'],
    ['Rīgas valstspilsēta', 'Rīgas valstspilsētā'],
    ['Londona 2', 'Londona 2'],
  ])('%s: in %s', (name, locative) => expect(proposedLocative(name)).toBe(locative));

  it('is a key of letters and digits that nobody has', () => {
    expect(municipalityKey('Viļakas novads', [])).toBe('VILAKAS_NOVADS');
    expect(municipalityKey('Rīga', ['RIGA', 'RIGA_2'])).toBe('RIGA_3');
    expect(municipalityKey('„”', [])).toBe('MUNICIPALITY');
  });

  it('is a prefix of three letters that nobody has', () => {
    expect(proposedPrefix('Ķekava', [])).toBe('KEK');
    expect(proposedPrefix('Jelgavas novads', ['JEL'])).toBe('JEG');
    expect(proposedPrefix('Ob', [])).toBe('OBX');
    const all = Array.from({ length: 26 }, (_, i) => `JE${String.fromCharCode(65 + i)}`);
    expect(proposedPrefix('Jelgava', all)).toBe('JAA');
  });
});
