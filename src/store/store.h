// The database behind plain types: repeatable write closures, consistent reads, migrations. SOCI stays inside this
// folder.
//
// A write is a closure that may run more than once (another database retries serializable transactions): no I/O, no
// password hashing, nothing outside it changed; time and randomness are passed in. Its answer comes after the commit,
// so that an acknowledged write survives a killed process and a power cut.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace khien::store {

/// A parameter or a cell: null, integer, or UTF-8 text. Binary data is base64url text; times are integer microseconds.
class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, char>)
  Value(T integer) : value_(static_cast<std::int64_t>(integer)) {}
  Value(std::string text) : value_(std::move(text)) {}
  Value(std::string_view text) : value_(std::string(text)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(Instant instant) : value_(micros_of(instant)) {}
  template <class Tag>
  Value(const Id<Tag>& id) : value_(id.text()) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<std::monostate, std::int64_t, std::string> value_;
};

/// One SQL text, prepared once per connection. It must have static storage (its address is the key of the cache).
/// Parameters are `:1`, `:2` …; `columns` has one letter per result column: i integer, t text.
struct Sql {
  const char* text;
  const char* columns = "";
};

/// One row of a result, valid inside the callback only. Asking for a column of another type is our own mistake and
/// throws.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool is_null(std::size_t column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(std::size_t column) const = 0;
  [[nodiscard]] virtual std::string_view text(std::size_t column) const = 0;

  [[nodiscard]] Instant instant(std::size_t column) const { return instant_of(integer(column)); }
  [[nodiscard]] bool flag(std::size_t column) const { return integer(column) != 0; }
  [[nodiscard]] std::string string(std::size_t column) const { return std::string(text(column)); }
  [[nodiscard]] std::optional<std::string> maybe_text(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }
  [[nodiscard]] std::optional<Instant> maybe_instant(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  /// The nil id for null; throws if the text is not an id.
  template <class IdType>
  [[nodiscard]] IdType id(std::size_t column) const {
    if (is_null(column)) return {};
    const auto parsed = IdType::parse(text(column));
    if (!parsed) bad_id(column);
    return *parsed;
  }

 private:
  [[noreturn]] void bad_id(std::size_t column) const;
};

using RowCallback = std::function<void(const Row&)>;

/// Reads within one consistent view. A failing database throws store::DatabaseError, which the Store turns into an
/// Error.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual void each_of(const Sql& sql, std::span<const Value> parameters, const RowCallback& callback) = 0;

  template <class... P>
  void each(const Sql& sql, const RowCallback& callback, const P&... parameters) {
    const std::vector<Value> values{Value(parameters)...};
    each_of(sql, values, callback);
  }

  /// Calls back for the first row; false if there is none.
  template <class Callback, class... P>
  bool first(const Sql& sql, Callback&& callback, const P&... parameters) {
    bool found = false;
    each(
        sql,
        [&](const Row& row) {
          if (!found) callback(row);
          found = true;
        },
        parameters...);
    return found;
  }

  template <class... P>
  bool exists(const Sql& sql, const P&... parameters) {
    return first(sql, [](const Row&) {}, parameters...);
  }
};

/// Reads and changes within one transaction.
class Transaction : public Reader {
 public:
  /// Number of rows changed.
  virtual std::int64_t execute_with(const Sql& sql, std::span<const Value> parameters) = 0;

  template <class... P>
  std::int64_t execute(const Sql& sql, const P&... parameters) {
    const std::vector<Value> values{Value(parameters)...};
    return execute_with(sql, values);
  }
};

/// What runs around the commit of a batch of writes, in the writer's thread.
class CommitObserver {
 public:
  virtual ~CommitObserver() = default;
  /// Last part of the transaction: gives the batch's log entries their places. An exception fails the whole batch.
  virtual void before_commit(Transaction& transaction) = 0;
  /// The batch is durable: brings snapshots up to date, before any caller is answered. Must not throw.
  virtual void after_commit() noexcept = 0;
  /// The batch is gone.
  virtual void after_rollback() noexcept = 0;
};

/// One step of a subject's schema. Steps are never changed once released; they expand first and contract later.
struct Migration {
  std::string_view subject;
  int version;           ///< 1, 2, 3 … within the subject
  std::string_view sql;  ///< statements separated by ";\n"
};

class Store {
 public:
  virtual ~Store() = default;

  /// Runs the closure in a transaction and returns when it is durable. An Error from it, or an exception, undoes it
  /// whole.
  template <class Closure>
  auto write(Closure&& closure) -> std::invoke_result_t<Closure&, Transaction&> {
    using Outcome = std::invoke_result_t<Closure&, Transaction&>;
    std::optional<Outcome> outcome;
    Result<void> committed = run_write([&](Transaction& transaction) -> Result<void> {
      outcome.emplace(closure(transaction));
      if (!outcome->has_value()) return Failure(outcome->error());
      return {};
    });
    if (!committed) return Failure(std::move(committed).error());
    return std::move(*outcome);
  }

  /// Runs the closure on one consistent view of what is committed.
  template <class Closure>
  auto read(Closure&& closure) -> std::invoke_result_t<Closure&, Reader&> {
    using Outcome = std::invoke_result_t<Closure&, Reader&>;
    std::optional<Outcome> outcome;
    Result<void> done = run_read([&](Reader& reader) -> Result<void> {
      outcome.emplace(closure(reader));
      return {};
    });
    if (!done) return Failure(std::move(done).error());
    return std::move(*outcome);
  }

  /// Must be set before the first write; nullptr removes it.
  virtual void observe_commits(CommitObserver* observer) = 0;

  /// Applies what is missing, in the order given, each in a transaction of its own; refuses a schema newer than this
  /// program.
  virtual Result<void> migrate(std::span<const Migration> migrations, Instant now) = 0;
  /// True if every migration is there and none that this program does not know.
  virtual Result<void> check_schema(std::span<const Migration> migrations) = 0;

  /// "sqlite" or "postgresql": the key of the few statements that differ.
  [[nodiscard]] virtual std::string_view dialect() const = 0;

 protected:
  virtual Result<void> run_write(const std::function<Result<void>(Transaction&)>& closure) = 0;
  virtual Result<void> run_read(const std::function<Result<void>(Reader&)>& closure) = 0;
};

struct SqliteOptions {
  std::string path;
  bool read_only = false;
  std::size_t readers = 4;         ///< connections for reads
  std::size_t queue_bound = 4096;  ///< writes waiting; beyond it a write answers "busy"
  std::size_t batch_bound = 512;   ///< writes committed together
  std::int64_t cache_kib = 16384;  ///< page cache of the writer; each reader has an eighth
};

/// Opens or creates the file. It is an error if it is not a database, or if the folder cannot be written.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options);

}  // namespace khien::store
