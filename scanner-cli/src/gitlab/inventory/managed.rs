//! The inventory that gitlab.com has for top-level groups: where it is there, places need not be
//! asked one by one.

use super::entry::{EntryKind, Place};
use super::owners;
use super::pages::Order;
use super::walk::{Call, Out, Walk};

impl Walk<'_> {
    /// Lists by `manage/*` what it has. Returns the kinds that need no other list.
    ///
    /// Keys are those of enterprise users alone, so members are asked one by one nevertheless.
    pub(super) fn managed(&self, root: &Place, places: &[Place], out: Out<'_>) -> Vec<EntryKind> {
        const OF_BOTS: [EntryKind; 2] =
            [EntryKind::ProjectAccessToken, EntryKind::GroupAccessToken];
        if self.wants(EntryKind::PersonalAccessToken) {
            self.managed_personal(root, out);
        }
        if self.wants_any(&OF_BOTS) && self.managed_resources(root, places, out) {
            OF_BOTS.to_vec()
        } else {
            Vec::new()
        }
    }

    /// Tokens of enterprise users, which nothing else lists below a group.
    fn managed_personal(&self, root: &Place, out: Out<'_>) {
        let kind = EntryKind::PersonalAccessToken;
        let call = Call::below(kind, root, "manage/personal_access_tokens", Order::Created);
        let read = self.lister.each(&call.path, call.order, &mut |record| {
            let owner = record.user_id.map(|id| self.owners.get(id, &self.lister));
            let place = owner.as_ref().map(|owner| Place {
                place_type: "user",
                id: owner.id,
                path: owner.username.clone().unwrap_or_default(),
            });
            let entry = self.builder.entry(kind, record, place, owner);
            !self.is_first(&entry) || out(entry)
        });
        // Where there is no such list, nobody can read it: the report names the kind.
        if let Some(refusal) = read.err().filter(|refusal| !refusal.is_not_offered()) {
            self.gap(&call.named, refusal, &root.path);
        }
    }

    /// Project and group tokens in one list. Where it breaks off, places are asked one by one:
    /// what came by it comes again, and goes out once.
    fn managed_resources(&self, root: &Place, places: &[Place], out: Out<'_>) -> bool {
        let paths = Self::paths(places);
        let kind = EntryKind::ProjectAccessToken;
        let call = Call::below(kind, root, "manage/resource_access_tokens", Order::Created);
        let read = self.lister.each(&call.path, call.order, &mut |record| {
            let (kind, place_type) = match record.resource_type.as_deref() {
                Some("group") => (EntryKind::GroupAccessToken, "group"),
                _ => (EntryKind::ProjectAccessToken, "project"),
            };
            let place = record.resource_id.and_then(|id| paths.get(&(place_type, id)));
            let place = place.map(|place| (*place).clone());
            let owner = record.user_id.map(owners::bot);
            let entry = self.builder.entry(kind, record, place, owner);
            !self.wants(kind) || !self.is_first(&entry) || out(entry)
        });
        read.is_ok()
    }
}
