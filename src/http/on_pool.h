// From an event loop to the worker pool and back. Only for this folder.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "http/loop.h"
#include "http/types.h"
#include "http/worker_pool.h"

namespace khien::http {

/// The answer of `job`, made on the pool, given back on the loop that waits; nothing if the pool has no
/// place for one more of `source`. What `job` refers to lives until then, since its owner waits here.
inline Task<std::optional<Response>> on_pool(WorkerPool& pool, std::string source, std::function<Response()> job) {
  const auto initiate = [&pool](auto handler, const std::string& who, std::function<Response()> work) {
    auto executor = asio::get_associated_executor(handler);
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    const auto finish = [executor, kept](std::optional<Response> response) {
      asio::post(executor, [kept, response = std::move(response)]() mutable { (*kept)(std::move(response)); });
    };
    WorkerPool::Job task = [finish, work = std::move(work)] { finish(work()); };
    if (!pool.try_post(who, task)) finish(std::nullopt);
  };
  constexpr asio::use_awaitable_t<Executor> kToken;
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(std::optional<Response>)>(
      initiate, kToken, std::move(source), std::move(job));
}

}  // namespace khien::http
