#include "store/connection.h"

#include <algorithm>
#include <cstring>
#include <deque>

namespace khien::store {

namespace {

/// The databases number named parameters by their first appearance, so `:2` before `:1` would exchange the values.
void require_parameters_in_order(std::string_view text) {
  int seen = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != ':' || text[i + 1] < '0' || text[i + 1] > '9') continue;
    int number = 0;
    for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) number = number * 10 + (text[i] - '0');
    if (number > seen + 1) throw DatabaseError("parameters are not numbered in their order: " + std::string(text));
    seen = std::max(seen, number);
  }
}

}  // namespace

/// A statement with the buffers that it is bound to.
class PreparedStatement {
 public:
  PreparedStatement(soci::session& session, const Sql& sql, std::span<const Value> parameters)
      : statement_(session), parameters_(parameters.size()), cells_(std::strlen(sql.columns)) {
    require_parameters_in_order(sql.text);
    statement_.alloc();
    statement_.prepare(sql.text);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      Buffer& buffer = parameters_[i];
      if (parameters[i].integer() != nullptr)
        statement_.exchange(soci::use(buffer.integer, buffer.indicator));
      else
        statement_.exchange(soci::use(buffer.text, buffer.indicator));
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      Buffer& buffer = cells_[i];
      buffer.is_integer = sql.columns[i] == 'i';
      if (buffer.is_integer)
        statement_.exchange(soci::into(buffer.integer, buffer.indicator));
      else
        statement_.exchange(soci::into(buffer.text, buffer.indicator));
    }
    statement_.define_and_bind();
  }

  void each(std::span<const Value> values, const RowCallback& callback) {
    if (busy_) throw DatabaseError("a statement was started again inside its own callback");
    busy_ = true;
    const Release release{busy_};
    bind(values);
    const CellRow row{cells_};
    statement_.execute(false);
    while (statement_.fetch()) callback(row);
  }

  std::int64_t execute(std::span<const Value> values) {
    bind(values);
    statement_.execute(true);
    return statement_.get_affected_rows();
  }

 private:
  struct Buffer {
    long long integer = 0;
    std::string text;
    soci::indicator indicator = soci::i_null;
    bool is_integer = false;
  };

  struct Release {
    bool& busy;
    ~Release() { busy = false; }
  };

  class CellRow final : public Row {
   public:
    explicit CellRow(const std::deque<Buffer>& cells) : cells_(cells) {}
    [[nodiscard]] bool is_null(std::size_t column) const override { return cell(column).indicator == soci::i_null; }
    [[nodiscard]] std::int64_t integer(std::size_t column) const override {
      const Buffer& buffer = cell(column);
      if (!buffer.is_integer || buffer.indicator == soci::i_null)
        throw DatabaseError("column " + std::to_string(column) + " is no integer");
      return buffer.integer;
    }
    [[nodiscard]] std::string_view text(std::size_t column) const override {
      const Buffer& buffer = cell(column);
      if (buffer.is_integer || buffer.indicator == soci::i_null)
        throw DatabaseError("column " + std::to_string(column) + " is no text");
      return buffer.text;
    }

   private:
    [[nodiscard]] const Buffer& cell(std::size_t column) const {
      if (column >= cells_.size()) throw DatabaseError("no column " + std::to_string(column));
      return cells_[column];
    }
    const std::deque<Buffer>& cells_;
  };

  void bind(std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      Buffer& buffer = parameters_[i];
      buffer.indicator = values[i].is_null() ? soci::i_null : soci::i_ok;
      if (const auto* integer = values[i].integer()) buffer.integer = *integer;
      if (const auto* text = values[i].text()) buffer.text = *text;
    }
  }

  soci::statement statement_;
  // Deques: SOCI keeps the addresses of what it exchanges.
  std::deque<Buffer> parameters_;
  std::deque<Buffer> cells_;
  bool busy_ = false;
};

void Row::bad_id(std::size_t column) const {
  throw DatabaseError("column " + std::to_string(column) + " is no id");
}

Connection::Connection(const soci::backend_factory& factory, const std::string& parameters)
    : session_(factory, parameters) {}

Connection::~Connection() = default;

PreparedStatement& Connection::prepared(const Sql& sql, std::span<const Value> parameters) {
  std::string types;
  for (const auto& value : parameters) types += value.integer() != nullptr ? 'i' : 't';
  auto& slot = statements_[{sql.text, std::move(types)}];
  if (!slot) slot = std::make_unique<PreparedStatement>(session_, sql, parameters);
  return *slot;
}

void Connection::each(const Sql& sql, std::span<const Value> parameters, const RowCallback& callback) {
  prepared(sql, parameters).each(parameters, callback);
}

std::int64_t Connection::execute(const Sql& sql, std::span<const Value> parameters) {
  return prepared(sql, parameters).execute(parameters);
}

void Connection::run(const std::string& sql) {
  session_ << sql;
}

}  // namespace khien::store
