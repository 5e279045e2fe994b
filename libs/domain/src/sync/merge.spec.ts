import { chosen, FamilyChange, mergeFields, newId, numberCommand, readContent, VisitCorrection } from '../index.js';

const header = (over: Partial<FamilyChange> = {}): FamilyChange =>
  ({
    version: 3,
    name: 'Priežu ģimene',
    phone: null,
    address: 'Parauga iela 1',
    status: 'active',
    ...over,
  }) as FamilyChange;

describe('a change of a header that somebody else changed meanwhile', () => {
  it('takes each field from the side that changed it, and says its own version', () => {
    const mine = header({ address: 'Parauga iela 2' });
    const theirs = header({ version: 4, phone: '+37120000001' });
    const { merged, clashes } = mergeFields(FamilyChange, header(), mine, theirs);
    expect(clashes).toEqual([]);
    expect(merged).toMatchObject({ version: 3, address: 'Parauga iela 2', phone: '+37120000001' });
  });

  it('clashes where both changed a field to different things, and nowhere else', () => {
    const mine = header({ name: 'Liepu ģimene', address: 'Cita iela 5' });
    const theirs = header({ name: 'Ozolu ģimene', address: 'Cita iela 5' });
    const { merged, clashes } = mergeFields(FamilyChange, header(), mine, theirs);
    expect(clashes).toEqual([{ field: 'name', mine: '"Liepu ģimene"', theirs: '"Ozolu ģimene"' }]);
    expect(merged.name).toBe('Liepu ģimene');
  });

  it('knows that nothing, null and undefined are the same', () => {
    const mine = header({ phone: undefined, language: null });
    const theirs = header({ phone: '+37120000001' });
    expect(mergeFields(FamilyChange, header({ language: undefined }), mine, theirs)).toMatchObject({
      merged: { phone: '+37120000001', language: null },
      clashes: [],
    });
  });

  it('lets one side empty a field that the other left alone, and clashes when the other changed it', () => {
    const emptied = header({ address: null });
    expect(mergeFields(FamilyChange, header(), emptied, header()).merged.address).toBeNull();
    const { clashes } = mergeFields(FamilyChange, header(), emptied, header({ address: 'Cita iela 5' }));
    expect(clashes).toEqual([{ field: 'address', mine: 'null', theirs: '"Cita iela 5"' }]);
  });

  it('merges a list as a whole, in any order, and leaves what a correction says of itself', () => {
    const [a, b, c] = [newId(), newId(), newId()];
    const visit = (over: object): VisitCorrection =>
      ({ id: newId(), version: 1, metPersonIds: [a, b], ...over }) as VisitCorrection;
    const mine = visit({ metPersonIds: [b, a], note: 'x', correctionReason: 'mine' });
    const theirs = visit({ version: 2, metPersonIds: [a, c], correctionReason: 'theirs' });
    const { merged, clashes } = mergeFields(VisitCorrection, visit({}), mine, theirs);
    expect(clashes).toEqual([]);
    expect(merged).toMatchObject({
      id: mine.id,
      version: 1,
      metPersonIds: [a, c],
      note: 'x',
      correctionReason: 'mine',
    });
    expect(mergeFields(VisitCorrection, visit({}), visit({ metPersonIds: [a] }), theirs).clashes).toHaveLength(1);
  });
});

describe('a choice', () => {
  const params = { id: newId() };
  const clashOf = (mine: FamilyChange, theirs: FamilyChange) => {
    const command = numberCommand({ operation: 'PUT /families/{id}', params, input: mine, base: header() }, 1, '');
    return { command, result: mergeFields(FamilyChange, header(), mine, theirs) };
  };
  const again = (made: { content: string; base: string }, theirs: FamilyChange) => {
    const { input } = readContent({ ...clashOf(header(), header()).command, content: made.content });
    return mergeFields<object>(FamilyChange, JSON.parse(made.base) as object, input, theirs);
  };
  const theirs = header({ version: 4, name: 'Ozolu ģimene', phone: '+37120000001' });
  const { command, result } = clashOf(header({ name: 'Liepu ģimene', address: 'Cita iela 5' }), theirs);

  it.each(['Liepu ģimene', 'Ozolu ģimene', 'Liepu un Ozolu ģimene'])('of „%s” keeps what else both wrote', (name) => {
    const { merged, clashes } = again(chosen(command, result, { name }), theirs);
    expect(clashes).toEqual([]);
    expect(merged).toMatchObject({ name, address: 'Cita iela 5', phone: '+37120000001' });
  });

  it('clashes again with what nobody had seen when it was made', () => {
    const { clashes } = again(chosen(command, result, { name: 'Liepu ģimene' }), {
      ...theirs,
      name: 'Bērzu ģimene',
    } as FamilyChange);
    expect(clashes).toEqual([{ field: 'name', mine: '"Liepu ģimene"', theirs: '"Bērzu ģimene"' }]);
  });
});
