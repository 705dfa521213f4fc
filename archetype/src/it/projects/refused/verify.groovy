// Each wrong value is told, with the rule and an example; nothing is left, and what was there still is.

def log = new File(basedir, 'build.log').text
[
    '-DgroupId=com/example is not allowed. Use letters, digits, dots, hyphens and underscores, beginning with a letter or a'
        + ' digit; for example -DgroupId=com.example',
    '-DartifactId=blue:provider is not allowed. Use letters, digits, dots, hyphens and underscores, beginning with a letter or'
        + ' a digit; for example -DartifactId=blue-provider',
    '-Dpackage=com.example.class is not allowed. Use the name of a Java package, without words that Java keeps for itself; for'
        + ' example -Dpackage=com.example.blue',
    '-DproviderName=Blue_cloud is not allowed. Use lower-case letters, digits and hyphens, beginning with a letter; for example'
        + ' -DproviderName=blue-cloud',
    '-DclassName=blue is not allowed. Use letters and digits, beginning with an upper-case letter; for example'
        + ' -DclassName=BlueCloud',
    '-Dzoned=yes is not allowed. Use true or false; for example -Dzoned=false',
    '-Dstyle=nice is not allowed. Use minimal or full; for example -Dstyle=full',
    '-DproviderName=2blue is not allowed. ',
].each { assert log.contains(it) }
def failures = log.readLines().findAll { it.startsWith('[ERROR] Failed to execute goal') }
assert failures.size() == 2 && failures.every { it.endsWith(': no project was made, because of these properties:') }
// Only what was given is to blame.
assert !log.contains('-DclassName=2blue')

def left = []
basedir.eachFileRecurse { left << basedir.toPath().relativize(it.toPath()).toString().replace(File.separator, '/') }
left.removeAll { it in ['.mvn', 'build.log', 'verify.groovy', 'everything.properties', 'begun.properties'] || it.startsWith('invoker') || it.startsWith('interpolated') }
assert left as Set == ['existing', 'existing/README.md'] as Set
assert new File(basedir, 'existing/README.md').text == 'Begun by somebody.\n'
return true
