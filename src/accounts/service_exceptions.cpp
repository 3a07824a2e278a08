#include "accounts/exception_rules.h"
#include "accounts/service.h"
#include "accounts/store.h"

namespace khien::accounts {

using store::Transaction;

Result<void> Accounts::check_exception(const policy::Exception& exception, const directives::Register& adopted) const {
  TRY(clean(exception, *snapshot(), *people_.snapshot(), adopted, clock_.now()));
  return {};
}

Result<ExceptionId> Accounts::add_exception(const By& by, policy::Exception exception,
                                            const directives::Register& adopted) {
  const Instant now = clock_.now();
  exception.id = ExceptionId::make(random_);
  exception = TRY(clean(std::move(exception), *snapshot(), *people_.snapshot(), adopted, now));
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    insert_exception(tx, exception, now);
    recorder_.record(tx, exception_entry(by, "exception.added", now, exception));
    return {};
  }));
  return exception.id;
}

Result<void> Accounts::end_exception(const By& by, const ExceptionId& exception, Instant at) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto known = load_exception(tx, exception);
    if (!known) return Failure(Error::not_found({"Không có ngoại lệ này.", "There is no such exception."}));
    if (at < now)
      return Failure(Error::refused(
          {"Ngoại lệ chỉ có thể kết thúc từ bây giờ trở đi.", "An exception can end now or later, not in the past."}));
    if (at >= known->until)
      return Failure(Error::refused({"Ngoại lệ không thể kéo dài; nếu cần, lập ngoại lệ mới.",
                                     "An exception cannot be prolonged; make a new one if needed."}));
    known->until = std::max(at, known->from);
    revise_exception(tx, *known, now);
    recorder_.record(tx, exception_entry(by, "exception.ended", now, *known));
    return {};
  });
}

}  // namespace khien::accounts
