// What somebody has typed and not sent yet. It outlives a reload, another page and whatever others
// do, in this tab of the browser, until it is sent or thrown away.

class Drafts {
  constructor(key) {
    this.key = key;
  }

  open(slug) {
    this.place = `dialogue-drafts-${slug}-${this.key}`;
    this.kept = JSON.parse(sessionStorage.getItem(this.place) ?? "{}");
  }

  of(number, action) {
    return this.kept[`${action} ${number}`] ?? null;
  }

  // Those of a question that are not being written at now, by their actions.
  resting(number, menu) {
    return TYPED.filter((action) => this.of(number, action) && action !== menu);
  }

  // The one that was being written last.
  last() {
    return Object.values(this.kept).findLast(({ isOpen }) => isOpen) ?? null;
  }

  keep(draft) {
    const name = `${draft.action} ${draft.number}`;
    delete this.kept[name];
    this.kept[name] = draft;
    this.write();
  }

  close(number, action) {
    const draft = this.of(number, action);
    if (draft) this.keep({ ...draft, isOpen: false });
  }

  drop(number, action) {
    delete this.kept[`${action} ${number}`];
    this.write();
  }

  write() {
    sessionStorage.setItem(this.place, JSON.stringify(this.kept));
  }
}
