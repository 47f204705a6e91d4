<?php

// Begins a session, says where, and waits until it is killed.
require_once getenv('ESOZ_FIXTURE') . '/EsozSandbox.php';

echo EsozSandbox\Sandbox::start()->session('held')->url, "\n";
sleep(600);
exit('nobody has killed it');
