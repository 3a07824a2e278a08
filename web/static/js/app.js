// A double click sends a form once. Show and hide passwords, and point out letters with marks from a Telex or VNI keyboard. The pages work without it.
(function () {
  'use strict';
  var texts = document.documentElement.lang === 'en' ? ['Show', 'Hide'] : ['Hiện', 'Ẩn'];
  document.querySelectorAll('button[data-show]').forEach(function (button) {
    var field = document.getElementById(button.dataset.show);
    if (!field) return;
    button.hidden = false;
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', function () {
      var shown = field.type === 'text';
      field.type = shown ? 'password' : 'text';
      button.textContent = texts[shown ? 0 : 1];
      button.setAttribute('aria-pressed', String(!shown));
      field.focus();
    });
  });
  document.querySelectorAll('form').forEach(function (form) {
    var sent = false;
    form.addEventListener('submit', function (event) {
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(function () {
        sent = false;
      }, 3000);
    });
  });
  document.querySelectorAll('[data-telex]').forEach(function (hint) {
    var field = document.getElementById(hint.dataset.telex);
    if (!field) return;
    field.addEventListener('input', function () {
      hint.hidden = !/(?![a-z])[\p{L}\p{M}]/iu.test(field.value);
    });
  });
})();
