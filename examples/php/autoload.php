<?php

// Composer's autoloader, or this one where Composer has not run.
if (is_file(__DIR__ . '/vendor/autoload.php')) {
    require __DIR__ . '/vendor/autoload.php';

    return;
}

spl_autoload_register(static function (string $class): void {
    $folders = ['Example\\ZapSign\\Tests\\' => 'tests', 'Example\\ZapSign\\' => 'src'];
    foreach ($folders as $prefix => $folder) {
        if (str_starts_with($class, $prefix)) {
            require __DIR__ . "/$folder/" . substr($class, strlen($prefix)) . '.php';

            return;
        }
    }
});
