;;; emacs.el --- What a user does in Emacs with eglot  -*- lexical-binding: t -*-

;; Run by test_emacs.py:  emacs --batch -l emacs.el FILE
;; with SERVER (the command, as a JSON list) and RESULT (the file to write what was seen to, as JSON).

(require 'package)
(package-initialize) ; Debian's eglot is a package; from Emacs 29 on it is built in
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'cl-lib)

(defconst patience 60 "Seconds to wait for a thing.")
(defvar seen (list (cons 'version emacs-version)))

(defun saw (what value)
  (push (cons what value) seen))

(defun wait-for (what condition)
  (let ((end (+ (float-time) patience)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or value (error "waited in vain for %s" what))))

(defun on-line (start)
  (goto-char (point-min))
  (re-search-forward (concat "^" (regexp-quote start)))
  (goto-char (line-beginning-position)))

(defun hover-on (start)
  "What eldoc would show with point at the beginning of a line."
  (on-line start)
  (let (text)
    (eglot-hover-eldoc-function (lambda (info &rest _) (setq text info)))
    (substring-no-properties (wait-for (concat "a hover on " start) (lambda () text)))))

(defun diagnostics ()
  (flymake-start)
  (flymake-diagnostics))

(defun drive (file)
  (find-file file)
  (python-mode)
  (setq eglot-server-programs
        `((python-mode . ,(append (json-parse-string (getenv "SERVER")) nil)))
        eglot-sync-connect t
        eglot-connect-timeout patience
        eglot-send-changes-idle-time 0.05
        eglot-confirm-server-initiated-edits nil)
  (call-interactively #'eglot)

  (wait-for "a diagnostic" #'diagnostics)
  (saw 'diagnostics (length (flymake-diagnostics)))
  (let ((diagnostic (car (flymake-diagnostics))))
    (saw 'text (flymake-diagnostic-text diagnostic))
    (saw 'type (format "%s" (flymake-diagnostic-type diagnostic)))
    (saw 'marked (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic)
                                                 (flymake-diagnostic-end diagnostic)))
    (saw 'hover_before (hover-on "x ="))

    ;; The menu of quick fixes, answered with its default, the preferred one.
    (goto-char (flymake-diagnostic-beg diagnostic)))
  (cl-letf ((last-nonmenu-event ?x)
            ((symbol-function 'completing-read)
             (lambda (_prompt choices &rest more)
               (saw 'offered (vconcat (mapcar #'car choices)))
               (nth 4 more))))
    (eglot-code-actions (point) (point) nil t))
  (on-line "x =")
  (saw 'mended (buffer-substring-no-properties (point) (line-end-position)))
  (eglot--signal-textDocument/didChange) ; batch mode has no idle time in which eglot would do so
  (wait-for "the diagnostic to go" (lambda () (null (diagnostics))))
  (saw 'hover_after (hover-on "x ="))
  (saw 'hover_on_y (hover-on "y ="))
  (save-buffer))

(condition-case problem
    (drive (pop command-line-args-left))
  (error (saw 'problem (error-message-string problem))))
(let ((coding-system-for-write 'utf-8))
  (write-region (json-encode seen) nil (getenv "RESULT")))
(kill-emacs 0)
