<?php

declare(strict_types=1);

namespace Example\ZapSign;

/** The tokens of one user in a file, for all PHP processes of a machine. Only one of them changes it at a time. */
final class TokenFile
{
    public function __construct(private readonly string $path)
    {
    }

    /**
     * Calls a function with what the file holds, and writes what it returns: all other processes wait. When it
     * throws, the file stays as it is.
     *
     * @template T of array
     *
     * @param \Closure(array<string, mixed>): T $change
     *
     * @return T
     */
    public function change(\Closure $change): array
    {
        // The file is for this user only from the moment that it exists.
        $umask = umask(0077);
        $file = fopen($this->path, 'c+');
        umask($umask);
        if ($file === false || !flock($file, LOCK_EX)) {
            throw new \RuntimeException("Cannot lock {$this->path}");
        }
        try {
            $held = json_decode(stream_get_contents($file), true);
            $changed = $change(is_array($held) ? $held : []);
            if ($changed !== $held) {
                ftruncate($file, 0);
                rewind($file);
                fwrite($file, json_encode($changed, JSON_THROW_ON_ERROR));
            }

            return $changed;
        } finally {
            fclose($file);
        }
    }
}
