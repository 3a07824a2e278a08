#include "accounts/service.h"
#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Transaction;

Error unknown_system() {
  return Error::not_found({"Không có hệ thống này trong danh sách.", "There is no such system."});
}

Result<void> require_free_code(Reader& reader, const System& system) {
  const auto taken = find_system_coded(reader, system.code);
  if (taken && *taken != system.id)
    return Failure(
        Error::conflict(Text::format("Mã hệ thống {0} đã được dùng.", "The system code {0} is taken.", system.code)));
  return {};
}

Result<void> require_owner(const people::Directory& directory, const System& system) {
  if (!system.owner.is_nil() && directory.unit(system.owner) == nullptr)
    return Failure(Error::not_found({"Không có đơn vị chủ quản này.", "The owner is no unit that is known."}));
  return {};
}

}  // namespace

Result<SystemId> Accounts::add_system(const By& by, System system) {
  const Instant now = clock_.now();
  system.id = SystemId::make(random_);
  system = TRY(clean(std::move(system)));
  TRY(require_owner(*people_.snapshot(), system));
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require_free_code(tx, system));
    insert_system(tx, system, now);
    recorder_.record(tx, system_entry(by, "system.added", now, System{}, system));
    return {};
  }));
  return system.id;
}

Result<void> Accounts::correct_system(const By& by, const System& right) {
  const Instant now = clock_.now();
  const System system = TRY(clean(right));
  TRY(require_owner(*people_.snapshot(), system));
  return store_.write([&](Transaction& tx) -> Result<void> {
    const auto before = load_system(tx, system.id);
    if (!before) return Failure(unknown_system());
    if (*before == system) return {};
    TRY(require_free_code(tx, system));
    update_system(tx, system, now);
    recorder_.record(tx, system_entry(by, "system.corrected", now, *before, system));
    return {};
  });
}

}  // namespace khien::accounts
