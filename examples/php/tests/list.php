<?php

// Lists the documents in a process of its own: php list.php TOKEN_FILE

declare(strict_types=1);

use Example\ZapSign\Session;

require __DIR__ . '/../autoload.php';

exit(iterator_count(Session::fromEnvironment($argv[1])->documents()));
